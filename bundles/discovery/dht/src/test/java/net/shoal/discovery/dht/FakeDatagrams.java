package net.shoal.discovery.dht;

import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import net.shoal.api.net.Datagram;
import net.shoal.api.net.DatagramClaim;
import net.shoal.api.net.DatagramHandler;
import net.shoal.api.net.Datagrams;

/** The UDP socket of one node among others in this process. */
final class FakeDatagrams implements Datagrams {
    /** What the sockets of one test are connected by. */
    static final class Wire {
        private final Map<InetSocketAddress, FakeDatagrams> all = new ConcurrentHashMap<>();
    }

    private final Wire wire;
    private final EventLoop loop;
    final InetSocketAddress address;
    private volatile Predicate<ByteBuf> matcher = datagram -> false;
    private volatile DatagramHandler handler = datagram -> {};

    FakeDatagrams(Wire wire, EventLoop loop, int port) {
        this.wire = wire;
        this.loop = loop;
        this.address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        wire.all.put(address, this);
    }

    @Override
    public EventLoop loop() {
        return loop;
    }

    @Override
    public List<InetSocketAddress> addresses() {
        return List.of(address);
    }

    @Override
    public DatagramClaim claim(Predicate<ByteBuf> isOurs, DatagramHandler whose) {
        matcher = isOurs;
        handler = whose;
        return () -> handler = datagram -> {};
    }

    @Override
    public boolean send(InetSocketAddress to, ByteBuf datagram) {
        return sendFrom(address, to, datagram);
    }

    @Override
    public boolean sendFrom(InetSocketAddress from, InetSocketAddress to, ByteBuf datagram) {
        var receiver = wire.all.get(to);
        if (receiver == null) {
            datagram.release();
            return false;
        }
        loop.execute(() -> {
            if (receiver.matcher.test(datagram)) {
                receiver.handler.received(new Datagram(to, from, datagram));
            }
            datagram.release();
        });
        return true;
    }
}
