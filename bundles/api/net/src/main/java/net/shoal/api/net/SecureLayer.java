package net.shoal.api.net;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import java.security.PublicKey;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A way to secure a channel, or plainly not to. It may put handlers at the front of the pipeline ({@code addFirst}); what leaves them
 * towards the tail is the peer wire protocol. A stage completes on the channel's event loop, before anything of the wire protocol is
 * fired. Service property {@value #NAME} names the layer; where several could take a connection, the service ranking decides.
 */
@ConsumerType
public interface SecureLayer {
    String NAME = "secure.name";

    /** What the first bytes of an inbound connection look like to this layer. */
    enum Sniff {
        YES,
        NO,
        NEED_MORE
    }

    /** What policy asks of a layer. */
    enum Need {
        /** Whatever both sides like best. */
        ANY,
        /** Nothing of the wire protocol may be readable on the way. */
        ENCRYPTED
    }

    /**
     * What has become of the channel.
     *
     * @param greeted true if the target's handshake has been sent
     * @param provenKey the key the other side has proven to hold, if the layer proves any
     */
    record Secured(boolean encrypted, boolean greeted, Optional<PublicKey> provenKey) {}

    /** Such as {@code plain}, {@code mse}, {@code tls}. */
    String name();

    /** Looks at what has arrived so far without moving its indices. A layer of lower ranking is not asked while this needs more. */
    Sniff sniff(ByteBuf first);

    /**
     * The receiving side, with auto-read on. Bytes that were sniffed are fired from the head of the pipeline after this returns.
     *
     * @param candidates the swarms the remote may mean
     */
    CompletionStage<Secured> accept(Channel channel, SwarmDirectory candidates, Need need);

    /**
     * The dialling side. Auto-read is off: a layer that must read turns it on, and off before its stage completes. Where it fails the
     * next layer is tried on a new channel, except after a {@link RefusedException}.
     */
    CompletionStage<Secured> secure(Channel channel, Target target, Need need);
}
