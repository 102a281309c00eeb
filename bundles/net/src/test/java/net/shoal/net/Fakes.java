package net.shoal.net;

import io.netty.channel.IoEventLoopGroup;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import net.shoal.api.net.Network;
import net.shoal.api.net.NetworkScope;
import net.shoal.api.net.SecureChannel;
import net.shoal.api.net.SwarmDirectory;
import net.shoal.base.model.PeerId;
import net.shoal.base.model.Sha1Hash;
import net.shoal.base.wire.Handshake;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;

/** What tests of this bundle put in place of its neighbours. */
final class Fakes {
    static final Sha1Hash WANTED = new Sha1Hash(1, 2, 3);
    static final Handshake HANDSHAKE = new Handshake(0, WANTED, new PeerId(new Sha1Hash(7, 8, 9)));

    private Fakes() {}

    static InetAddress address(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    static NetworkConfig config(NetworkScope scope, SecurityPolicy security, String... listen) {
        var values = Map.<String, Object>of(
                "scope", scope, "listen", listen, "security", security, "eventLoops", 2, "halfOpen", 10);
        return (NetworkConfig) Proxy.newProxyInstance(
                NetworkConfig.class.getClassLoader(),
                new Class<?>[] {NetworkConfig.class},
                (proxy, method, arguments) -> values.get(method.getName()));
    }

    /** A registry that knows its services by type. */
    static BundleContext registry(Map<Class<?>, Object> services) {
        return (BundleContext) Proxy.newProxyInstance(
                BundleContext.class.getClassLoader(),
                new Class<?>[] {BundleContext.class},
                (proxy, method, arguments) -> {
                    if (!method.getName().equals("registerService")) {
                        throw new UnsupportedOperationException(method.getName());
                    }
                    var type = (Class<?>) arguments[0];
                    services.put(type, arguments[1]);
                    return registration(() -> services.remove(type, arguments[1]));
                });
    }

    private static ServiceRegistration<?> registration(Runnable unregister) {
        return (ServiceRegistration<?>) Proxy.newProxyInstance(
                ServiceRegistration.class.getClassLoader(),
                new Class<?>[] {ServiceRegistration.class},
                (proxy, method, arguments) -> {
                    unregister.run();
                    return null;
                });
    }

    /** A network without threads, unless it is given event loops. */
    record ScopedNetwork(NetworkScope scope, @Nullable IoEventLoopGroup loops) implements Network {
        @Override
        public IoEventLoopGroup eventLoops() {
            return loops;
        }

        /** Looks literals up, and gives those the scope permits. */
        @Override
        public CompletionStage<List<InetAddress>> resolve(String host) {
            try {
                var permitted = Arrays.stream(InetAddress.getAllByName(host))
                        .filter(scope::permits)
                        .toList();
                return permitted.isEmpty()
                        ? CompletableFuture.failedFuture(
                                new UnknownHostException(host + " is beyond the network scope"))
                        : CompletableFuture.completedFuture(permitted);
            } catch (UnknownHostException e) {
                return CompletableFuture.failedFuture(e);
            }
        }

        @Override
        public Optional<InetAddress> dialFrom(InetAddress remote) {
            return Optional.empty();
        }
    }

    /** Serves one swarm, and keeps the connections it was given. */
    static final class OneSwarm implements SwarmDirectory {
        final BlockingQueue<SecureChannel> accepted = new LinkedBlockingQueue<>();
        final BlockingQueue<Handshake> handshakes = new LinkedBlockingQueue<>();

        @Override
        public Collection<Sha1Hash> infoHashes() {
            return List.of(WANTED);
        }

        @Override
        public boolean accept(SecureChannel channel, Handshake handshake) {
            if (!handshake.infoHash().equals(WANTED)) {
                return false;
            }
            handshakes.add(handshake);
            accepted.add(channel);
            return true;
        }
    }
}
