package net.shoal.net;

import io.netty.channel.Channel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import net.shoal.api.net.Network;
import net.shoal.api.net.SecureLayer;
import net.shoal.api.net.SwarmDirectory;
import net.shoal.api.net.Transport;
import net.shoal.api.node.Descriptors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Behind the front door: takes inbound channels, and knows who may secure them and whom to ask for their swarm. Safe for use from any thread. */
final class Reception {
    private static final Logger LOG = LoggerFactory.getLogger(Reception.class);

    private final Network network;
    private final Providers<Transport> transports = new Providers<>();
    private final Providers<SecureLayer> layers = new Providers<>();
    private final Waiting waiting = Waiting.within(Descriptors.most().orElse(Long.MAX_VALUE));
    private volatile SecurityPolicy policy;
    private volatile @Nullable SwarmDirectory directory;

    Reception(Network network, SecurityPolicy policy) {
        this.network = network;
        this.policy = policy;
    }

    Providers<Transport> transports() {
        return transports;
    }

    Providers<SecureLayer> layers() {
        return layers;
    }

    void policy(SecurityPolicy now) {
        policy = now;
    }

    void directory(@Nullable SwarmDirectory now) {
        directory = now;
    }

    Optional<SwarmDirectory> directory() {
        return Optional.ofNullable(directory);
    }

    /** Those that policy permits, in the order they are asked. */
    List<SecureLayer> permitted() {
        return layers.ranked().stream().filter(policy::permits).toList();
    }

    SecureLayer.Need need() {
        return policy.need();
    }

    /** On the channel's event loop. */
    void welcome(Transport transport, Channel channel) {
        var remote = addressOf(channel);
        if (remote.isPresent() && !network.scope().permits(remote.get())) {
            LOG.debug("Dropped {}: it lies outside the network scope", channel.remoteAddress());
            channel.close();
            return;
        }
        transports.track(transport, channel);
        waiting.add(channel, remote);
        channel.pipeline().addLast(new Greeting(this, transport.scheme()));
        channel.config().setAutoRead(true);
    }

    /** The handshake is over, and the channel is the swarm's. */
    void leaves(Channel channel) {
        waiting.remove(channel);
    }

    void close() {
        waiting.closeAll();
        transports.closeChannels();
    }

    private static Optional<InetAddress> addressOf(Channel channel) {
        return channel.remoteAddress() instanceof InetSocketAddress inet && inet.getAddress() != null
                ? Optional.of(inet.getAddress())
                : Optional.empty();
    }
}
