package net.shoal.api.net;

import io.netty.channel.Channel;
import java.security.PublicKey;
import java.util.Optional;

/**
 * A channel on which the peer wire protocol can begin, and how it came about.
 *
 * @param transport scheme of the {@link Transport} that carries it
 * @param layer name of the {@link SecureLayer} that made it
 * @param encrypted true if nobody on the way can read what is said
 * @param greeted true if the dialler's handshake has been sent already ({@link Target#handshake})
 * @param provenKey the key the other side has proven to hold, if the layer proves any
 */
public record SecureChannel(
        Channel channel,
        String transport,
        String layer,
        boolean encrypted,
        boolean greeted,
        Optional<PublicKey> provenKey) {}
