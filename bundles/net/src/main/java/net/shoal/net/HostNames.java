package net.shoal.net;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import net.shoal.api.net.NetworkScope;

/** Looks host names up with the system's resolver, which blocks, on a few threads of its own. */
final class HostNames implements AutoCloseable {
    private static final int THREADS = 4;
    /** Look-ups that wait for a thread. */
    private static final int WAITING = 256;

    private static final long IDLE_SECONDS = 10;
    private static final long CLOSE_SECONDS = 2;

    private final NetworkScope scope;
    private final Lookup lookup;
    private final ThreadPoolExecutor threads;

    /** What asks the system. */
    interface Lookup {
        InetAddress[] all(String host) throws UnknownHostException;
    }

    HostNames(NetworkScope scope, Lookup lookup) {
        this.scope = scope;
        this.lookup = lookup;
        var next = new AtomicInteger(1);
        threads = new ThreadPoolExecutor(
                THREADS, THREADS, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(WAITING), task -> {
                    var thread = new Thread(task, "shoal-dns-" + next.getAndIncrement());
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
    }

    CompletionStage<List<InetAddress>> resolve(String host) {
        var found = new CompletableFuture<List<InetAddress>>();
        try {
            var known = known(host);
            if (!known.isEmpty()) {
                found.complete(permitted(host, known));
            } else if (scope == NetworkScope.LOOPBACK) {
                throw new UnknownHostException(
                        host + " is not looked up: on network scope 'loopback' only localhost and addresses are");
            } else {
                threads.execute(() -> look(host, found));
            }
        } catch (UnknownHostException e) {
            found.completeExceptionally(e);
        } catch (RejectedExecutionException e) {
            found.completeExceptionally(
                    new UnknownHostException(host + " is not looked up: too many names are being looked up"));
        }
        return found;
    }

    /** The addresses of a literal or of {@code localhost}, which RFC 6761 keeps off the network; empty for a name. */
    static List<InetAddress> known(String host) {
        if (host.toLowerCase(Locale.ROOT).equals("localhost")) {
            return OwnAddresses.loopback();
        }
        var literal = NetUtil.createInetAddressFromIpAddressString(host);
        return literal == null ? List.of() : List.of(literal);
    }

    private void look(String host, CompletableFuture<List<InetAddress>> found) {
        try {
            found.complete(permitted(host, Arrays.asList(lookup.all(host))));
        } catch (UnknownHostException e) {
            found.completeExceptionally(e);
        } catch (RuntimeException e) {
            found.completeExceptionally(new UnknownHostException(host + " cannot be looked up: " + e.getMessage()));
        }
    }

    private List<InetAddress> permitted(String host, List<InetAddress> addresses) throws UnknownHostException {
        var permitted = addresses.stream().filter(scope::permits).distinct().toList();
        if (permitted.isEmpty()) {
            throw new UnknownHostException(host + " has no address within the network scope '"
                    + scope.name().toLowerCase(Locale.ROOT) + "'");
        }
        return permitted;
    }

    @Override
    public void close() {
        threads.shutdownNow();
        try {
            threads.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
