package net.shoal.net;

import io.netty.channel.IoEventLoopGroup;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import net.shoal.api.net.Network;
import net.shoal.api.net.NetworkScope;

/** The node's network: owns its event loops and the threads that look names up. */
final class NodeNetwork implements Network, AutoCloseable {
    private final NetworkScope scope;
    private final IoEventLoopGroup loops;
    private final HostNames names;
    private volatile List<InetAddress> own;

    /** @param own addresses of this machine that the user asked to listen on */
    NodeNetwork(NetworkScope scope, int eventLoops, List<InetAddress> own) {
        this.scope = scope;
        this.loops = EventLoops.open(eventLoops);
        this.names = new HostNames(scope, InetAddress::getAllByName);
        this.own = List.copyOf(own);
    }

    void own(List<InetAddress> addresses) {
        own = List.copyOf(addresses);
    }

    @Override
    public NetworkScope scope() {
        return scope;
    }

    @Override
    public IoEventLoopGroup eventLoops() {
        return loops;
    }

    @Override
    public CompletionStage<List<InetAddress>> resolve(String host) {
        return names.resolve(host);
    }

    @Override
    public Optional<InetAddress> dialFrom(InetAddress remote) {
        return own.stream()
                .filter(address -> address.getClass() == remote.getClass())
                .findFirst();
    }

    @Override
    public void close() {
        names.close();
        EventLoops.close(loops);
    }
}
