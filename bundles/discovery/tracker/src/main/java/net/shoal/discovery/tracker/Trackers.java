package net.shoal.discovery.tracker;

import io.netty.channel.EventLoop;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;
import net.shoal.api.net.HttpConnector;
import net.shoal.api.net.Network;
import net.shoal.base.model.PeerAddress;
import net.shoal.base.model.Sha1Hash;

/** Carries announces and scrapes to trackers: looks the host up, asks it over HTTP or UDP, keeps of the peers those that may be dialled. */
final class Trackers implements AnnounceClient {
    private static final long HTTP_MILLIS = 30_000;
    /** What only tells the user how many seeds there are does not keep peers waiting for longer. */
    private static final long COUNTS_MILLIS = 3_000;

    private final EventLoop loop;
    private final LongSupplier clock;
    private final Lookup lookup;
    private final HttpFetch fetch;
    private final HttpTrackers http;
    private final UdpSockets udp;

    /** @param loop where all of it happens */
    Trackers(Network network, HttpConnector connector, EventLoop loop, LongSupplier clock) {
        this.loop = loop;
        this.clock = clock;
        this.lookup = new Lookup(network, loop);
        this.fetch = new HttpFetch(connector, loop);
        this.http = new HttpTrackers(fetch, lookup, clock);
        this.udp = new UdpSockets(network, loop, clock);
    }

    @Override
    public CompletionStage<AnnounceReply> announce(TrackerUrl url, Family family, AnnounceRequest request) {
        return lookup.given(url, family)
                .thenComposeAsync(
                        addresses -> url.scheme() == TrackerUrl.Scheme.UDP
                                ? announceUdp(url, any(addresses), request)
                                : announceHttp(url, addresses, request),
                        loop);
    }

    /** BEP 48, and over UDP BEP 15. */
    CompletionStage<ScrapeReply> scrape(TrackerUrl url, Family family, Sha1Hash infoHash) {
        return url.scrape()
                .<CompletionStage<ScrapeReply>>map(scrapeUrl -> lookup.given(scrapeUrl, family)
                        .thenComposeAsync(
                                addresses -> scrapeUrl.scheme() == TrackerUrl.Scheme.UDP
                                        ? scrapeUdp(scrapeUrl, any(addresses), infoHash)
                                        : scrapeHttp(scrapeUrl, addresses, infoHash, HTTP_MILLIS),
                                loop))
                .orElseGet(() -> CompletableFuture.failedFuture(
                        TrackerFailure.unreachable("cannot be scraped: its path does not end in announce")));
    }

    private CompletionStage<AnnounceReply> announceHttp(
            TrackerUrl url, List<InetAddress> addresses, AnnounceRequest request) {
        return http.get(url, HttpMessages.announceTarget(url, request), addresses, HTTP_MILLIS)
                .thenCompose(reply -> {
                    try {
                        var answer = filtered(HttpMessages.announceReply(reply.body()), reply.from());
                        return counted(answer, url, addresses, request);
                    } catch (TrackerFailure failure) {
                        return CompletableFuture.failedFuture(failure);
                    }
                });
    }

    /** Some trackers tell how many seeds there are only when scraped. */
    private CompletionStage<AnnounceReply> counted(
            AnnounceReply reply, TrackerUrl url, List<InetAddress> addresses, AnnounceRequest request) {
        var scrapeUrl = url.scrape();
        if (reply.seeds().isPresent() || request.event() == Event.STOPPED || scrapeUrl.isEmpty()) {
            return CompletableFuture.completedFuture(reply);
        }
        return scrapeHttp(scrapeUrl.get(), addresses, request.infoHash(), COUNTS_MILLIS)
                .handle((counts, problem) -> problem == null ? reply.with(counts) : reply);
    }

    private CompletionStage<ScrapeReply> scrapeHttp(
            TrackerUrl url, List<InetAddress> addresses, Sha1Hash infoHash, long timeoutMillis) {
        return http.get(url, HttpMessages.scrapeTarget(url, infoHash), addresses, timeoutMillis)
                .thenCompose(reply -> {
                    try {
                        return CompletableFuture.completedFuture(HttpMessages.scrapeReply(reply.body(), infoHash));
                    } catch (TrackerFailure failure) {
                        return CompletableFuture.failedFuture(failure);
                    }
                });
    }

    private CompletionStage<AnnounceReply> announceUdp(TrackerUrl url, InetAddress address, AnnounceRequest request) {
        var tracker = new InetSocketAddress(address, url.port());
        return udp.exchanges()
                .announce(tracker, url, request, clock.getAsLong())
                .thenApply(reply -> filtered(reply, address));
    }

    private CompletionStage<ScrapeReply> scrapeUdp(TrackerUrl url, InetAddress address, Sha1Hash infoHash) {
        return udp.exchanges().scrape(new InetSocketAddress(address, url.port()), infoHash, clock.getAsLong());
    }

    private AnnounceReply filtered(AnnounceReply reply, InetAddress tracker) {
        var reach = lookup.reach();
        List<PeerAddress> peers = reply.peers().stream()
                .filter(peer -> peer.inet()
                        .filter(inet -> reach.permitsPeer(tracker, inet.getAddress()))
                        .isPresent())
                .distinct()
                .toList();
        return reply.with(peers);
    }

    /** Of several one at random: a dead one among them is not asked every time. */
    private static InetAddress any(List<InetAddress> addresses) {
        return addresses.get(ThreadLocalRandom.current().nextInt(addresses.size()));
    }

    /** On the loop. */
    void close() {
        udp.close();
        fetch.close();
    }
}
