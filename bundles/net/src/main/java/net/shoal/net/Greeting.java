package net.shoal.net;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import net.shoal.api.net.SecureChannel;
import net.shoal.api.net.SecureLayer;
import net.shoal.base.wire.Handshake;
import net.shoal.base.wire.ProtocolException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out what an inbound channel is. On its event loop only.
 *
 * <p>SNIFFING asks the layers about the first bytes until one knows them; SECURING lets it do its work, with these bytes fired again
 * from the head of the pipeline, where its handlers are; READING waits for the 68 bytes of the handshake; DONE. This handler is at the
 * tail all the time, so whatever a layer lets through arrives here, early or late. One deadline covers everything.
 */
final class Greeting extends ChannelInboundHandlerAdapter {
    static final long DEADLINE_MILLIS = 10_000;
    /** By then a layer must have decided. */
    static final int MOST_SNIFFED = 1024;
    /** Bytes that may wait for a layer to be ready: the beginning of a conversation, in which the other side has to wait for us. */
    static final int MOST_HELD = 64 * 1024;

    private static final Logger LOG = LoggerFactory.getLogger(Greeting.class);

    private enum Stage {
        SNIFFING,
        SECURING,
        READING,
        DONE
    }

    private final Reception reception;
    private final String transport;
    private Stage stage = Stage.SNIFFING;
    private @Nullable Future<?> deadline;
    private @Nullable ByteBuf held;
    private @Nullable SecureLayer layer;
    private SecureLayer.@Nullable Secured secured;

    Greeting(Reception reception, String transport) {
        this.reception = reception;
        this.transport = transport;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        deadline = context.executor()
                .schedule(() -> drop(context, "no handshake in time"), DEADLINE_MILLIS, TimeUnit.MILLISECONDS);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        stage = Stage.DONE;
        if (deadline != null) {
            deadline.cancel(false);
        }
        if (held != null) {
            held.release();
            held = null;
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) throws ProtocolException {
        if (stage == Stage.DONE || !(message instanceof ByteBuf bytes)) {
            ReferenceCountUtil.release(message);
            return;
        }
        hold(context, bytes);
        proceed(context);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        drop(context, String.valueOf(cause.getMessage()));
    }

    private void proceed(ChannelHandlerContext context) throws ProtocolException {
        switch (stage) {
            case SNIFFING -> sniff(context);
            case SECURING -> {
                if (heldLength() > MOST_HELD) {
                    drop(context, "it sends too much before it is secured");
                }
            }
            case READING -> readHandshake(context);
            case DONE -> {}
        }
    }

    /** Copied: a read buffer is large, and a remote that sends one byte a second should not make us keep many. */
    private void hold(ChannelHandlerContext context, ByteBuf bytes) {
        try {
            if (held == null) {
                held = context.alloc().buffer(Math.max(bytes.readableBytes(), Handshake.LENGTH));
            }
            held.writeBytes(bytes);
        } finally {
            bytes.release();
        }
    }

    private int heldLength() {
        return held == null ? 0 : held.readableBytes();
    }

    private void sniff(ChannelHandlerContext context) {
        var bytes = held;
        if (bytes == null) {
            return;
        }
        for (var candidate : reception.permitted()) {
            switch (candidate.sniff(bytes.asReadOnly())) {
                case YES -> {
                    secure(context, candidate, bytes);
                    return;
                }
                case NEED_MORE -> {
                    if (bytes.readableBytes() >= MOST_SNIFFED) {
                        drop(context, "nothing is known that begins like this");
                    }
                    return;
                }
                case NO -> {}
            }
        }
        drop(context, "nothing that may be used here begins like this");
    }

    private void secure(ChannelHandlerContext context, SecureLayer chosen, ByteBuf sniffed) {
        var directory = reception.directory();
        if (directory.isEmpty()) {
            drop(context, "there are no swarms");
            return;
        }
        stage = Stage.SECURING;
        layer = chosen;
        held = null;
        reception.layers().track(chosen, context.channel());
        try {
            chosen.accept(context.channel(), directory.get(), reception.need())
                    .whenComplete((result, error) -> onLoop(context, () -> secured(context, result, error)));
        } catch (RuntimeException e) {
            LOG.error("Secure layer {} failed", chosen.name(), e);
            drop(context, "its secure layer failed");
        }
        if (stage == Stage.DONE) {
            sniffed.release();
        } else {
            context.pipeline().fireChannelRead(sniffed);
        }
    }

    private void secured(
            ChannelHandlerContext context, SecureLayer.@Nullable Secured result, @Nullable Throwable error) {
        if (stage != Stage.SECURING) {
            return;
        }
        if (result == null) {
            drop(context, "it could not be secured: " + (error == null ? "no reason given" : error.getMessage()));
            return;
        }
        secured = result;
        stage = Stage.READING;
        try {
            readHandshake(context);
        } catch (ProtocolException e) {
            drop(context, String.valueOf(e.getMessage()));
        }
    }

    private void readHandshake(ChannelHandlerContext context) throws ProtocolException {
        var bytes = held;
        var chosen = layer;
        var result = secured;
        if (bytes == null || chosen == null || result == null || bytes.readableBytes() < Handshake.LENGTH) {
            return;
        }
        var handshake = Handshake.read(bytes.nioBuffer(bytes.readerIndex(), Handshake.LENGTH));
        var channel = context.channel();
        channel.config().setAutoRead(false);
        var rest = new HeldBytes();
        if (bytes.readableBytes() > Handshake.LENGTH) {
            rest.hold(bytes.retainedSlice(
                    bytes.readerIndex() + Handshake.LENGTH, bytes.readableBytes() - Handshake.LENGTH));
        }
        channel.pipeline().replace(this, null, rest);
        reception.leaves(channel);
        handOver(
                new SecureChannel(channel, transport, chosen.name(), result.encrypted(), false, result.provenKey()),
                handshake);
    }

    private void handOver(SecureChannel channel, Handshake handshake) {
        boolean accepted = false;
        try {
            accepted = reception
                    .directory()
                    .filter(directory -> directory.accept(channel, handshake))
                    .isPresent();
        } catch (RuntimeException e) {
            LOG.error("An inbound connection could not be handed over", e);
        }
        if (!accepted) {
            LOG.debug("Dropped {}: no swarm for {}", channel.channel().remoteAddress(), handshake.infoHash());
            channel.channel().close();
        }
    }

    private void drop(ChannelHandlerContext context, String reason) {
        stage = Stage.DONE;
        LOG.debug("Dropped {}: {}", context.channel().remoteAddress(), reason);
        context.close();
    }

    private static void onLoop(ChannelHandlerContext context, Runnable task) {
        if (context.executor().inEventLoop()) {
            task.run();
        } else {
            context.executor().execute(task);
        }
    }
}
