package net.shoal.net;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stays in the pipeline when a channel is handed over, until its new owner reads for the first time, so that no byte gets lost or out of
 * order in between: neither what came in one read with the handshake, nor what a secure layer has still to give, nor what a
 * native transport reads in spite of auto-read when the remote hangs up.
 *
 * <p>HOLDING keeps all that comes up the pipeline. The owner's first read request, which comes down the pipeline (turning auto-read on makes
 * one), makes it ASKED: the request goes no further, and a task is queued, as the owner should not get bytes while it is still inside
 * its call. The task makes it PASSING, gives out what was held, leaves the pipeline, and asks the transport for more only if nothing had been held
 * or auto-read is on. Since the transport is not asked before, everything it reads comes after. If the channel closes without an
 * owner, what was held is released; the close future is watched for that, as a channel that closes between two event loops fires nothing.
 */
final class HeldBytes extends ChannelDuplexHandler {
    private static final Logger LOG = LoggerFactory.getLogger(HeldBytes.class);

    private enum State {
        HOLDING,
        ASKED,
        PASSING
    }

    private final ArrayDeque<Object> held = new ArrayDeque<>();
    private State state = State.HOLDING;

    /** Takes over a reference. */
    void hold(Object message) {
        held.add(message);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        context.channel().closeFuture().addListener(closed -> {
            if (state == State.HOLDING) {
                release();
            }
        });
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        release();
    }

    @Override
    public void read(ChannelHandlerContext context) {
        switch (state) {
            case HOLDING -> {
                state = State.ASKED;
                context.executor().execute(() -> give(context, true));
            }
            case ASKED -> {}
            case PASSING -> context.read();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (state == State.PASSING) {
            context.fireChannelRead(message);
        } else {
            held.add(message);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        if (state == State.PASSING) {
            context.fireChannelReadComplete();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (state == State.ASKED) {
            give(context, false);
        }
        context.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (state == State.HOLDING) {
            LOG.debug("{} failed while it was handed over", context.channel(), cause);
            context.close();
        } else {
            context.fireExceptionCaught(cause);
        }
    }

    private void give(ChannelHandlerContext context, boolean andRead) {
        if (state != State.ASKED) {
            return;
        }
        state = State.PASSING;
        boolean gave = !held.isEmpty();
        for (var message = held.poll(); message != null; message = held.poll()) {
            context.fireChannelRead(message);
        }
        if (gave) {
            context.fireChannelReadComplete();
        }
        var channel = context.channel();
        if (!context.isRemoved()) {
            context.pipeline().remove(this);
        }
        if (andRead && (!gave || channel.config().isAutoRead())) {
            channel.read();
        }
    }

    private void release() {
        for (var message = held.poll(); message != null; message = held.poll()) {
            ReferenceCountUtil.release(message);
        }
    }
}
