package net.shoal.conformance;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Keeps what a channel reads, and whether it has been closed. */
final class Reader extends ChannelInboundHandlerAdapter {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final CompletableFuture<byte[]> enough = new CompletableFuture<>();
    private final CompletableFuture<Void> closed = new CompletableFuture<>();
    private final int wanted;

    private Reader(int wanted) {
        this.wanted = wanted;
    }

    /** Puts one at the end of the pipeline, where it is when this returns; reading begins when the test turns it on. */
    static Reader of(Channel channel, int wanted) throws Exception {
        var reader = new Reader(wanted);
        // from another thread it would be passed over until the loop has come round to it
        channel.eventLoop().submit(() -> channel.pipeline().addLast(reader)).get();
        return reader;
    }

    /** The first bytes, as many as were wanted. */
    byte[] all(long seconds) throws Exception {
        return enough.get(seconds, TimeUnit.SECONDS);
    }

    void awaitClosed(long seconds) throws Exception {
        closed.get(seconds, TimeUnit.SECONDS);
    }

    synchronized int count() {
        return bytes.size();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) throws IOException {
        var in = (ByteBuf) message;
        synchronized (this) {
            in.readBytes(bytes, in.readableBytes());
        }
        in.release();
        if (count() >= wanted) {
            enough.complete(bytes.toByteArray());
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        closed.complete(null);
        enough.completeExceptionally(new IOException("closed after " + count() + " bytes of " + wanted));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close();
    }
}
