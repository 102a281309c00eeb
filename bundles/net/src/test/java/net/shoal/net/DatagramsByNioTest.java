package net.shoal.net;

import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;

/** Where there is no native transport. */
class DatagramsByNioTest extends DatagramsTest {
    @Override
    IoEventLoopGroup loops() {
        return new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory("nio", true), NioIoHandler.newFactory());
    }
}
