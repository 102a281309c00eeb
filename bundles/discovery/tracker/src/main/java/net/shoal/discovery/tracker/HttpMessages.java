package net.shoal.discovery.tracker;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import net.shoal.base.bencode.BDict;
import net.shoal.base.bencode.BList;
import net.shoal.base.bencode.BString;
import net.shoal.base.bencode.BencodeException;
import net.shoal.base.bencode.BencodeReader;
import net.shoal.base.model.PeerAddress;
import net.shoal.base.model.RemoteText;
import net.shoal.base.model.Sha1Hash;

/** What is said to and by HTTP trackers (BEP 3, 7, 23, 31, 48). */
final class HttpMessages {
    /** A peer list of 3,000 dictionaries takes a fifth of that. */
    private static final BencodeReader READER = new BencodeReader(new BencodeReader.Limits(16, 50_000), false);

    private static final int MAX_TRACKER_ID = 256;
    private static final Pattern ADDRESS = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

    private HttpMessages() {}

    /** The announce as path and query, the tracker's own query first. */
    static String announceTarget(TrackerUrl url, AnnounceRequest request) {
        var out = begin(url)
                .append("info_hash=")
                .append(percent(request.infoHash().toBytes()))
                .append("&peer_id=")
                .append(percent(request.peerId().value().toBytes()))
                .append("&port=")
                .append(request.port())
                .append("&uploaded=")
                .append(request.uploaded())
                .append("&downloaded=")
                .append(request.downloaded())
                .append("&left=")
                .append(request.left())
                .append("&compact=1&no_peer_id=1&numwant=")
                .append(request.wants())
                .append("&key=")
                .append(HexFormat.of().toHexDigits(request.key()));
        if (request.event() != Event.NONE) {
            out.append("&event=").append(request.event().text());
        }
        request.trackerId().ifPresent(id -> out.append("&trackerid=").append(percent(id.toBytes())));
        return out.toString();
    }

    /** @param scrapeUrl as {@link TrackerUrl#scrape()} gives it */
    static String scrapeTarget(TrackerUrl scrapeUrl, Sha1Hash infoHash) {
        return begin(scrapeUrl)
                .append("info_hash=")
                .append(percent(infoHash.toBytes()))
                .toString();
    }

    private static StringBuilder begin(TrackerUrl url) {
        var path = url.pathAndQuery();
        return new StringBuilder(path).append(path.indexOf('?') < 0 ? '?' : '&');
    }

    private static String percent(byte[] bytes) {
        var out = new StringBuilder(bytes.length * 3);
        for (byte b : bytes) {
            boolean isUnreserved = (b >= '0' && b <= '9') || (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z');
            if (isUnreserved || b == '-' || b == '.' || b == '_' || b == '~') {
                out.append((char) b);
            } else {
                out.append('%').append(HexFormat.of().withUpperCase().toHexDigits(b));
            }
        }
        return out.toString();
    }

    static AnnounceReply announceReply(ByteBuffer body) throws TrackerFailure {
        var reply = dict(body);
        failIfRefused(reply);
        if (reply.integer("interval").isEmpty()
                && reply.get("peers").isEmpty()
                && reply.get("peers6").isEmpty()) {
            throw TrackerFailure.unreachable("answered with neither an interval nor peers");
        }
        return new AnnounceReply(
                reply.integer("interval").orElse(0),
                reply.integer("min interval").orElse(0),
                count(reply.integer("complete")),
                count(reply.integer("incomplete")),
                reply.string("tracker id").filter(id -> id.length() <= MAX_TRACKER_ID),
                reply.text("warning message").map(RemoteText::of),
                peers(reply));
    }

    static ScrapeReply scrapeReply(ByteBuffer body, Sha1Hash infoHash) throws TrackerFailure {
        var reply = dict(body);
        failIfRefused(reply);
        var file = reply.dict("files")
                .flatMap(files -> files.get(BString.of(infoHash.toBytes())))
                .filter(BDict.class::isInstance)
                .map(BDict.class::cast)
                .orElseThrow(() -> TrackerFailure.unreachable("its scrape does not know this torrent"));
        return new ScrapeReply(
                count(file.integer("complete")).orElse(0),
                count(file.integer("downloaded")).orElse(0),
                count(file.integer("incomplete")).orElse(0));
    }

    /** The reason in a body that came with an HTTP error, where there is one. */
    static Optional<TrackerFailure> refusal(ByteBuffer body) {
        try {
            failIfRefused(dict(body));
            return Optional.empty();
        } catch (TrackerFailure failure) {
            return failure.kind() == TrackerFailure.Kind.REFUSED ? Optional.of(failure) : Optional.empty();
        }
    }

    private static BDict dict(ByteBuffer body) throws TrackerFailure {
        try {
            return READER.readDict(body);
        } catch (BencodeException e) {
            throw TrackerFailure.unreachable("answered with something that is not bencode: " + e.getMessage());
        }
    }

    private static void failIfRefused(BDict reply) throws TrackerFailure {
        var reason = reply.text("failure reason");
        if (reason.isPresent()) {
            throw TrackerFailure.refused(
                    reason.get().isBlank() ? "refused without a reason" : reason.get(), retryIn(reply));
        }
    }

    /** BEP 31: minutes, or the word never, which we take for the longest we heed. */
    private static Optional<Duration> retryIn(BDict reply) {
        if (reply.text("retry in").filter("never"::equals).isPresent()) {
            return Optional.of(Duration.ofDays(1));
        }
        var minutes = reply.integer("retry in");
        return minutes.isPresent() && minutes.getAsLong() > 0
                ? Optional.of(Duration.ofMinutes(
                        Math.min(minutes.getAsLong(), Duration.ofDays(1).toMinutes())))
                : Optional.empty();
    }

    private static OptionalInt count(OptionalLong value) {
        return value.isPresent() && value.getAsLong() >= 0 && value.getAsLong() <= Integer.MAX_VALUE
                ? OptionalInt.of((int) value.getAsLong())
                : OptionalInt.empty();
    }

    private static List<PeerAddress> peers(BDict reply) {
        var peers = new ArrayList<PeerAddress>();
        reply.string("peers").ifPresent(compact -> peers.addAll(CompactPeers.read(compact.buffer(), Family.IPV4)));
        reply.list("peers").ifPresent(list -> peers.addAll(listed(list)));
        reply.string("peers6").ifPresent(compact -> peers.addAll(CompactPeers.read(compact.buffer(), Family.IPV6)));
        return peers.subList(0, Math.min(peers.size(), CompactPeers.MAX_PEERS));
    }

    /** BEP 3 allows names here; they are left out, since a tracker could have us look up anything. */
    private static List<PeerAddress> listed(BList list) {
        var peers = new ArrayList<PeerAddress>();
        for (var value : list) {
            if (peers.size() >= CompactPeers.MAX_PEERS) {
                break;
            }
            if (value instanceof BDict peer) {
                listedPeer(peer).ifPresent(peers::add);
            }
        }
        return peers;
    }

    private static Optional<PeerAddress> listedPeer(BDict peer) {
        var host = peer.text("ip")
                .filter(text -> text.length() < 64 && ADDRESS.matcher(text).matches());
        var port = peer.integer("port");
        if (host.isEmpty() || port.isEmpty() || port.getAsLong() < 1 || port.getAsLong() > 65_535) {
            return Optional.empty();
        }
        var address = io.netty.util.NetUtil.createInetAddressFromIpAddressString(host.get());
        return Optional.ofNullable(address)
                .map(inet -> PeerAddress.ip(new InetSocketAddress(inet, (int) port.getAsLong())));
    }
}
