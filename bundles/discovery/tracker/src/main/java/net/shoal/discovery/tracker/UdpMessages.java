package net.shoal.discovery.tracker;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalInt;
import net.shoal.base.model.Sha1Hash;

/** The datagrams of BEP 15 and the URL data of BEP 41. */
final class UdpMessages {
    static final int CONNECT = 0;
    static final int ANNOUNCE = 1;
    static final int SCRAPE = 2;
    static final int ERROR = 3;

    private static final long PROTOCOL = 0x41727101980L;
    private static final int ANNOUNCE_LENGTH = 98;
    private static final int URL_DATA = 2;
    /** BEP 41 has one byte for the length of an option, and a long URL has several options. */
    private static final int MAX_OPTION = 255;
    /** Keeps the datagram below any MTU in use. */
    private static final int MAX_URL_DATA = 1_000;

    private UdpMessages() {}

    static ByteBuffer connect(int transaction) {
        return ByteBuffer.allocate(16)
                .putLong(PROTOCOL)
                .putInt(CONNECT)
                .putInt(transaction)
                .flip();
    }

    static ByteBuffer announce(long connection, int transaction, TrackerUrl url, AnnounceRequest request) {
        var data = urlData(url);
        int options = data.length + 2 * ((data.length + MAX_OPTION - 1) / MAX_OPTION);
        var out = ByteBuffer.allocate(ANNOUNCE_LENGTH + options);
        out.putLong(connection).putInt(ANNOUNCE).putInt(transaction);
        request.infoHash().write(out);
        request.peerId().value().write(out);
        out.putLong(request.downloaded())
                .putLong(request.left())
                .putLong(request.uploaded())
                .putInt(request.event().number())
                .putInt(0) // our address: as the tracker sees it
                .putInt(request.key())
                .putInt(request.wants())
                .putShort((short) request.port());
        for (int at = 0; at < data.length; at += MAX_OPTION) {
            int length = Math.min(MAX_OPTION, data.length - at);
            out.put((byte) URL_DATA).put((byte) length).put(data, at, length);
        }
        return out.flip();
    }

    /** Only what says more than the usual path: some old trackers do not expect options. */
    private static byte[] urlData(TrackerUrl url) {
        var path = url.pathAndQuery();
        if (path.equals("/") || path.equals("/announce") || path.length() > MAX_URL_DATA) {
            return new byte[0];
        }
        return path.getBytes(StandardCharsets.US_ASCII);
    }

    static ByteBuffer scrape(long connection, int transaction, Sha1Hash infoHash) {
        var out = ByteBuffer.allocate(16 + Sha1Hash.LENGTH);
        out.putLong(connection).putInt(SCRAPE).putInt(transaction);
        infoHash.write(out);
        return out.flip();
    }

    /** @param body what follows action and transaction */
    static AnnounceReply announceReply(ByteBuffer body, Family family) throws TrackerFailure {
        if (body.remaining() < 12) {
            throw TrackerFailure.unreachable("its answer is cut short");
        }
        long interval = Math.max(body.getInt(), 0);
        int leechers = Math.max(body.getInt(), 0);
        int seeds = Math.max(body.getInt(), 0);
        return new AnnounceReply(
                interval,
                0,
                OptionalInt.of(seeds),
                OptionalInt.of(leechers),
                Optional.empty(),
                Optional.empty(),
                CompactPeers.read(body, family));
    }

    static ScrapeReply scrapeReply(ByteBuffer body) throws TrackerFailure {
        if (body.remaining() < 12) {
            throw TrackerFailure.unreachable("its answer is cut short");
        }
        return new ScrapeReply(Math.max(body.getInt(), 0), Math.max(body.getInt(), 0), Math.max(body.getInt(), 0));
    }

    static TrackerFailure error(ByteBuffer body) {
        var text = StandardCharsets.UTF_8.decode(body).toString();
        return TrackerFailure.refused(text.isBlank() ? "refused without a reason" : text, Optional.empty());
    }
}
