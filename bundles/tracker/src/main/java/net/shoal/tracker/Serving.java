package net.shoal.tracker;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import net.shoal.api.net.ChannelTypes;
import net.shoal.api.net.Network;
import net.shoal.api.net.NetworkScope;

/** A tracker that listens, over TCP for HTTP and over UDP on the same port, until it is closed. */
final class Serving {
    private static final long SWEEP_SECONDS = 30;
    private static final long BIND_SECONDS = 10;
    /** With any port to choose from: how often one is taken that UDP, or the other family, does not have free. */
    private static final int PORT_TRIES = 20;

    private final EventLoop loop;
    private final Swarms swarms;
    private final HttpDoor http;
    private final List<Channel> sockets;
    private final int port;
    private final List<URI> announceUrls;
    private final ScheduledFuture<?> sweeping;

    private Serving(EventLoop loop, Swarms swarms, HttpDoor http, List<Channel> sockets, List<String> hosts) {
        this.loop = loop;
        this.swarms = swarms;
        this.http = http;
        this.sockets = sockets;
        this.port = ((InetSocketAddress) sockets.get(0).localAddress()).getPort();
        this.announceUrls = Stream.of("http", "udp")
                .flatMap(scheme ->
                        hosts.stream().map(host -> URI.create(scheme + "://" + host + ":" + port + "/announce")))
                .toList();
        this.sweeping =
                loop.scheduleWithFixedDelay(() -> swarms.sweep(now()), SWEEP_SECONDS, SWEEP_SECONDS, TimeUnit.SECONDS);
    }

    /** Blocks until it listens: not to be called on an event loop. */
    static Serving start(Network network, ListenAddress listen, Limits limits, int requestsPerSecond)
            throws IOException {
        var loop = (EventLoop) network.eventLoops().next();
        LongSupplier clock = Serving::now;
        var own = OwnAddresses.of(network);
        var random = new SecureRandom();
        var swarms = new Swarms(limits, selfAddresses(own), random);
        var limit = new RateLimit(requestsPerSecond);
        var http = new HttpDoor(swarms, limit, network.scope(), clock);
        var udp = new UdpDoor(new UdpProtocol(swarms, new ConnectionIds(random, now()), limit), network.scope(), clock);
        var sockets = new Binding(loop, ChannelTypes.of(network.eventLoops()), http, udp)
                .bind(addresses(network, listen), listen.port());
        return new Serving(loop, swarms, http, sockets, hosts(listen, own));
    }

    private static Swarms.SelfAddresses selfAddresses(List<InetAddress> own) {
        return family -> own.stream()
                .filter(each -> Family.of(each) == family && !each.isLoopbackAddress())
                .findFirst();
    }

    private static long now() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
    }

    /** None means all there are; on scope {@code loopback} those are two. */
    private static List<InetAddress> addresses(Network network, ListenAddress listen) throws IOException {
        if (listen.host().isPresent()) {
            return await(network.resolve(listen.host().get()).toCompletableFuture());
        }
        return network.scope() == NetworkScope.LOOPBACK
                ? List.of(Addresses.loopback(Family.IPV4), Addresses.loopback(Family.IPV6))
                : List.of(new InetSocketAddress(0).getAddress());
    }

    private static List<String> hosts(ListenAddress listen, List<InetAddress> own) {
        return listen.host().map(host -> List.of(bracketed(host))).orElseGet(() -> own.stream()
                .map(InetAddress::getHostAddress)
                .map(Serving::bracketed)
                .toList());
    }

    private static String bracketed(String host) {
        return host.indexOf(':') >= 0 ? "[" + host + "]" : host;
    }

    private static <T> T await(CompletableFuture<T> future) throws IOException {
        try {
            return future.get(BIND_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new IOException(
                    Optional.ofNullable(e.getCause()).map(Throwable::getMessage).orElse("unknown"), e);
        } catch (TimeoutException e) {
            throw new IOException("it took too long", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    int port() {
        return port;
    }

    List<URI> announceUrls() {
        return announceUrls;
    }

    /** How much it knows; asks the loop. */
    Census census() throws IOException {
        return await(CompletableFuture.supplyAsync(() -> new Census(swarms.size(), swarms.peers()), loop));
    }

    /** Swarms and peers known. */
    record Census(int swarms, int peers) {}

    void close() {
        sweeping.cancel(false);
        sockets.forEach(socket -> socket.close().awaitUninterruptibly(BIND_SECONDS, TimeUnit.SECONDS));
        loop.execute(http::close);
    }

    /** Gets all the sockets, or none. */
    private record Binding(EventLoop loop, ChannelTypes types, HttpDoor http, UdpDoor udp) {
        List<Channel> bind(List<InetAddress> addresses, int port) throws IOException {
            for (int tries = 1; ; tries++) {
                try {
                    return bindOnce(addresses, port);
                } catch (IOException e) {
                    if (port != 0 || tries == PORT_TRIES) {
                        throw e;
                    }
                }
            }
        }

        private List<Channel> bindOnce(List<InetAddress> addresses, int wanted) throws IOException {
            var sockets = new ArrayList<Channel>();
            try {
                int port = wanted;
                for (var address : addresses) {
                    if (!sockets.isEmpty() && !hasFamily(address)) {
                        continue;
                    }
                    sockets.add(bound(http.listen(loop, types.server(), new InetSocketAddress(address, port))));
                    port = ((InetSocketAddress) sockets.get(0).localAddress()).getPort();
                    sockets.add(bound(udp.listen(loop, types.datagram(), new InetSocketAddress(address, port))));
                }
                return sockets;
            } catch (IOException e) {
                sockets.forEach(Channel::close);
                throw e;
            }
        }

        /** Many a machine knows ::1 by name and has no IPv6. */
        private static boolean hasFamily(InetAddress address) {
            try {
                return !address.isLoopbackAddress() || java.net.NetworkInterface.getByInetAddress(address) != null;
            } catch (java.net.SocketException e) {
                return false;
            }
        }

        private static Channel bound(io.netty.channel.ChannelFuture binding) throws IOException {
            binding.awaitUninterruptibly(BIND_SECONDS, TimeUnit.SECONDS);
            if (!binding.isSuccess()) {
                var cause = binding.cause();
                binding.channel().close();
                throw new IOException(cause == null ? "it took too long" : String.valueOf(cause.getMessage()), cause);
            }
            return binding.channel();
        }
    }
}
