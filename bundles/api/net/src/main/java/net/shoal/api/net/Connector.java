package net.shoal.api.net;

import io.netty.channel.EventLoop;
import java.util.concurrent.CompletionStage;
import net.shoal.base.model.PeerAddress;
import org.osgi.annotation.versioning.ProviderType;

/** Dials peers: tries the transports and secure layers that policy allows, within the network scope. */
@ProviderType
public interface Connector {
    /**
     * Connects and secures; nothing of the wire protocol has been sent. The channel is registered on {@code loop}, with auto-read off.
     * Fails with an {@link java.io.IOException} that says why; cancelling the stage's future gives up.
     */
    CompletionStage<SecureChannel> connect(PeerAddress address, Target target, EventLoop loop);
}
