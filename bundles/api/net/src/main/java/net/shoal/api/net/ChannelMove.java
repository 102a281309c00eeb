package net.shoal.api.net;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoop;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Moves a connected channel to another event loop of the same kind: how an inbound connection gets to the loop of its swarm. The
 * channel has auto-read off, so nothing is read on the way; what a native transport reads all the same when the remote hangs up,
 * the handler that the front door left in the pipeline keeps for the new owner.
 */
public final class ChannelMove {
    private ChannelMove() {}

    /**
     * Completes on {@code loop}, before anything that happens to the channel there. Called on the channel's present loop, where it has
     * not completed when it returns unless that is the same one, so that what is chained to it runs on {@code loop}. If it fails, the
     * channel is closed.
     *
     * @throws IllegalStateException if auto-read is on
     */
    public static CompletionStage<Channel> to(EventLoop loop, Channel channel) {
        if (channel.config().isAutoRead()) {
            throw new IllegalStateException("a channel is moved with auto-read off: " + channel);
        }
        var moved = new CompletableFuture<Channel>();
        if (channel.eventLoop() != loop) {
            channel.deregister().addListener((ChannelFuture left) -> register(left, loop, channel, moved));
        } else if (loop.inEventLoop()) {
            moved.complete(channel);
        } else {
            loop.execute(() -> moved.complete(channel));
        }
        return moved;
    }

    private static void register(
            ChannelFuture left, EventLoop loop, Channel channel, CompletableFuture<Channel> moved) {
        if (!left.isSuccess()) {
            fail(left, channel, moved);
            return;
        }
        var entering = loop.register(channel);
        if (entering.isDone() && !entering.isSuccess()) {
            // a loop that is shut down tells no listener any more
            fail(entering, channel, moved);
            return;
        }
        entering.addListener((ChannelFuture entered) -> {
            if (!entered.isSuccess()) {
                fail(entered, channel, moved);
                return;
            }
            moved.complete(channel);
            // what could not be written at once on the old loop was waiting for a signal that the new one does not give
            channel.flush();
        });
    }

    private static void fail(ChannelFuture step, Channel channel, CompletableFuture<Channel> moved) {
        channel.close();
        moved.completeExceptionally(step.cause());
    }
}
