package net.shoal.api.net;

import io.netty.channel.Channel;
import java.security.PublicKey;
import java.util.Optional;

/**
 * A channel on which the peer wire protocol can begin, and how it came about.
 *
 * @param layer name of the {@link SecureLayer} that made it
 * @param transport scheme of the {@link Transport} that carries it
 * @param provenKey the key the other side has proven to hold, if the layer proves any
 */
public record SecureChannel(
        Channel channel, String transport, String layer, boolean encrypted, Optional<PublicKey> provenKey) {}
