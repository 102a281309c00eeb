package net.shoal.net;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import java.io.IOException;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import net.shoal.api.net.ChannelMove;
import net.shoal.api.net.SecureChannel;
import net.shoal.api.net.SwarmDirectory;
import net.shoal.base.model.Sha1Hash;
import net.shoal.base.wire.Handshake;

/** Moves what it is given to its own loop, as the engine does. */
final class MovingSwarm implements SwarmDirectory {
    private final Map<Sha1Hash, Collecting> expected = new ConcurrentHashMap<>();
    volatile EventLoop loop;

    CompletableFuture<byte[]> expect(int number, int length) {
        var collecting = new Collecting(length);
        expected.put(new Sha1Hash(number, 0, 0), collecting);
        return collecting.done;
    }

    @Override
    public Collection<Sha1Hash> infoHashes() {
        return expected.keySet();
    }

    @Override
    public boolean accept(SecureChannel channel, Handshake handshake) {
        var collecting = expected.get(handshake.infoHash());
        if (collecting == null) {
            return false;
        }
        ChannelMove.to(loop, channel.channel()).whenComplete((moved, error) -> {
            if (error != null) {
                collecting.done.completeExceptionally(error);
                return;
            }
            if (!loop.inEventLoop()) {
                collecting.done.completeExceptionally(new AssertionError("not on the loop of the swarm"));
            }
            moved.pipeline().addLast(collecting);
            moved.closeFuture()
                    .addListener(closed ->
                            loop.execute(() -> collecting.done.completeExceptionally(new IOException("closed"))));
            moved.config().setAutoRead(true);
        });
        return true;
    }

    static Handshake handshake(int number) {
        return new Handshake(0, new Sha1Hash(number, 0, 0), Fakes.HANDSHAKE.peerId());
    }

    private static final class Collecting extends ChannelInboundHandlerAdapter {
        final CompletableFuture<byte[]> done = new CompletableFuture<>();
        private final byte[] bytes;
        private int length;

        Collecting(int expected) {
            bytes = new byte[expected];
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            var in = (ByteBuf) message;
            int count = Math.min(in.readableBytes(), bytes.length - length);
            in.readBytes(bytes, length, count);
            in.release();
            length += count;
            if (length == bytes.length) {
                done.complete(bytes);
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close();
        }
    }
}
