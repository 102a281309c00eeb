package net.shoal.engine.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.AbstractByteBufAllocator;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Optional;
import net.shoal.api.net.SecureChannel;
import net.shoal.base.model.PeerAddress;
import net.shoal.base.wire.Message;
import net.shoal.engine.swarm.LinkEvents;
import net.shoal.engine.swarm.SharedBuffer;
import org.junit.jupiter.api.Test;

/** Where there is no memory for what a peer is to be sent, that costs this peer (reliability R4): nothing is thrown at whoever sends to many. */
class NoMemoryTest {
    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final ChannelLink link = new ChannelLink(
            new SecureChannel(channel, "test", "plain", false, false, Optional.empty()),
            PeerAddress.ip(InetAddress.getLoopbackAddress(), 1),
            false);
    private String closed = "";

    NoMemoryTest() {
        channel.pipeline().addLast(link);
        link.start(new Listener());
        channel.config().setAllocator(new Exhausted());
    }

    @Test
    void aMessageCostsTheConnection() {
        link.send(Message.CHOKE);
        assertThat(channel.isOpen()).isFalse();
        channel.runPendingTasks();
        assertThat(closed).contains("no memory");
        link.send(Message.UNCHOKE);
        channel.checkException();
    }

    @Test
    void aBlockCostsTheConnection() {
        link.sendBlock(0, 0, 10, new Block(), 0);
        assertThat(channel.isOpen()).isFalse();
        channel.runPendingTasks();
        assertThat(closed).contains("no memory");
        channel.checkException();
    }

    private final class Listener implements LinkEvents {
        @Override
        public void onMessage(Message message) {}

        @Override
        public ByteBuffer beginBlock(int piece, int offset, int length) {
            return ByteBuffer.allocate(length);
        }

        @Override
        public void endBlock(int piece, int offset, int length) {}

        @Override
        public void onReadComplete() {}

        @Override
        public void onWritable() {}

        @Override
        public void onClosed(String reason) {
            closed = reason;
        }
    }

    private static final class Block implements SharedBuffer {
        @Override
        public ByteBuffer view() {
            return ByteBuffer.allocate(10);
        }

        @Override
        public void retain() {}

        @Override
        public void release() {}
    }

    private static final class Exhausted extends AbstractByteBufAllocator {
        @Override
        protected ByteBuf newHeapBuffer(int initial, int most) {
            return Unpooled.buffer(initial, most);
        }

        @Override
        protected ByteBuf newDirectBuffer(int initial, int most) {
            throw new OutOfMemoryError("injected");
        }

        @Override
        public boolean isDirectBufferPooled() {
            return false;
        }
    }
}
