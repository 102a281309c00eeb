package net.shoal.engine.wire;

import io.netty.channel.EventLoop;
import java.util.concurrent.CompletionException;
import net.shoal.api.net.Connector;
import net.shoal.api.net.SecureChannel;
import net.shoal.api.net.Target;
import net.shoal.base.model.PeerAddress;
import net.shoal.base.wire.Handshake;
import net.shoal.engine.swarm.Dialer;
import org.jspecify.annotations.Nullable;

/** Dials by way of the {@link Connector}, which knows transports, secure layers and how far the network reaches. */
public record NettyDialer(Connector connector, EventLoop loop) implements Dialer {
    @Override
    public void dial(PeerAddress address, Handshake ours, Result result) {
        connector
                .connect(address, Target.of(ours), loop)
                .whenComplete(
                        (channel, failure) -> loop.execute(() -> shakeHands(address, ours, result, channel, failure)));
    }

    private static void shakeHands(
            PeerAddress address,
            Handshake ours,
            Result result,
            @Nullable SecureChannel secure,
            @Nullable Throwable failure) {
        if (secure != null) {
            secure.channel().pipeline().addLast(new OutboundHandshake(secure, address, ours, result));
            return;
        }
        var cause = failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        result.onFailed(cause == null ? "no channel" : String.valueOf(cause.getMessage()));
    }
}
