package net.shoal.api.net;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A way to secure a channel, or plainly not to. It may put handlers into the pipeline; the channel it returns reads and writes the
 * peer wire protocol. Service property {@value #NAME} names it.
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

    String name();

    /** Looks at what has arrived so far without moving its indices. */
    Sniff sniff(ByteBuf first);

    /**
     * The receiving side. Bytes that were sniffed are fired into the pipeline after this returns.
     *
     * @param candidates the swarms the remote may mean
     */
    CompletionStage<SecureChannel> accept(Channel channel, SwarmDirectory candidates);

    /** The dialling side. */
    CompletionStage<SecureChannel> secure(Channel channel, Target target);
}
