package net.shoal.source.web;

import io.netty.channel.EventLoop;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import net.shoal.api.net.HttpConnector;
import net.shoal.api.net.HttpUrl;
import net.shoal.api.net.Network;
import net.shoal.api.net.Reach;
import net.shoal.api.transfer.SourceException;
import net.shoal.api.transfer.SourceReading;
import net.shoal.api.transfer.SourceSession;
import net.shoal.api.transfer.SourceSink;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One torrent's files on a web server: keeps its connections, and remembers where files have moved to. On a loop of its own choice. */
final class WebSession implements SourceSession {
    private static final Logger LOG = LoggerFactory.getLogger(WebSession.class);

    private final Network network;
    private final HttpConnector connector;
    private final EventLoop loop;
    private final WebFiles files;
    private final WebReach reach;
    private final int connections;
    private final long patienceMillis;
    private final List<WebConnection> idle = new ArrayList<>();
    private final Map<Integer, Moved> moved = new HashMap<>();
    private final Set<WebRead> reads = new HashSet<>();
    private boolean closed;

    /** Where a file is, and who says so. */
    record Moved(HttpUrl url, Optional<InetAddress> by) {}

    /** @param patienceMillis for a server that sends nothing */
    WebSession(
            Network network,
            HttpConnector connector,
            EventLoop loop,
            WebFiles files,
            int connections,
            long patienceMillis) {
        this.network = network;
        this.connector = connector;
        this.loop = loop;
        this.files = files;
        this.reach = new WebReach(new Reach(network.scope()));
        this.connections = connections;
        this.patienceMillis = patienceMillis;
    }

    @Override
    public int parallel() {
        return connections;
    }

    @Override
    public SourceReading read(int file, long offset, long length, SourceSink sink) {
        var read = new WebRead(this, file, new RangeReply.Asked(offset, length, files.length(file)), sink);
        onLoop(() -> {
            if (!closed) {
                reads.add(read);
                read.begin();
            }
        });
        return read;
    }

    @Override
    public void close() {
        onLoop(() -> {
            closed = true;
            List.copyOf(reads).forEach(WebRead::end);
            idle.forEach(WebConnection::close);
            idle.clear();
        });
    }

    // ---- for its reads, on the loop

    EventLoop loop() {
        return loop;
    }

    void onLoop(Runnable task) {
        try {
            loop.execute(task);
        } catch (RejectedExecutionException e) {
            LOG.debug("The network is gone, and with it all connections");
        }
    }

    long patienceMillis() {
        return patienceMillis;
    }

    /** Where to ask for a file first. */
    Moved place(int file) {
        var known = moved.get(file);
        return known != null ? known : new Moved(files.url(file), Optional.empty());
    }

    void moved(int file, Moved to) {
        moved.put(file, to);
    }

    /** @return false if it was not known to have moved */
    boolean forgetMove(int file) {
        return moved.remove(file) != null;
    }

    void ended(WebRead read) {
        reads.remove(read);
    }

    /** A connection that is kept from before, or a new one. */
    CompletionStage<WebConnection> connection(Moved place, boolean fresh) {
        var server = WebConnection.Server.of(place.url());
        idle.removeIf(kept -> !kept.isReusable());
        if (!fresh) {
            for (var kept : idle) {
                // where a redirect leads to has to be looked at each time
                if (kept.server().equals(server) && isPermitted(place, kept.remote())) {
                    idle.remove(kept);
                    return CompletableFuture.completedFuture(kept);
                }
            }
        }
        return network.resolve(place.url().host())
                .thenApply(addresses -> permitted(place, addresses))
                .thenCompose(addresses -> connector.connect(place.url(), addresses, loop))
                .thenApplyAsync(channel -> new WebConnection(channel, place.url()), loop);
    }

    private boolean isPermitted(Moved place, InetAddress address) {
        return place.by()
                        .flatMap(by -> reach.reach().redirectRefusal(by, address))
                        .isEmpty()
                && reach.refusal(place.url(), address).isEmpty();
    }

    private List<InetAddress> permitted(Moved place, List<InetAddress> addresses) {
        try {
            return reach.permitted(place.url(), addresses, place.by());
        } catch (SourceException e) {
            throw new CompletionException(e);
        }
    }

    /** What is done with is kept, if it can be used again. */
    void giveBack(WebConnection connection) {
        connection.release();
        if (closed) {
            connection.close();
        } else if (connection.isReusable() && idle.size() < connections) {
            idle.add(connection);
        } else {
            connection.close();
        }
    }
}
