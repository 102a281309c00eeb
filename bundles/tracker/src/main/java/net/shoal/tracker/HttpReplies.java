package net.shoal.tracker;

import java.nio.ByteBuffer;
import java.util.stream.Stream;
import net.shoal.base.bencode.BDict;
import net.shoal.base.bencode.BList;
import net.shoal.base.bencode.BString;
import net.shoal.base.bencode.BValue;
import net.shoal.base.bencode.BencodeWriter;

/** Bodies of what the tracker answers over HTTP. */
final class HttpReplies {
    private HttpReplies() {}

    static ByteBuffer announce(Swarms.Told told, boolean isCompact, boolean withIds, Swarms swarms) {
        var reply = BDict.builder()
                .put("interval", swarms.intervalSeconds())
                .put("min interval", swarms.minIntervalSeconds())
                .put("complete", told.counts().seeds())
                .put("incomplete", told.counts().leechers())
                .put("downloaded", told.counts().completed());
        if (isCompact) {
            reply.put("peers", BString.of(CompactPeers.write(told.ipv4())));
            if (!told.ipv6().isEmpty()) {
                reply.put("peers6", BString.of(CompactPeers.write(told.ipv6())));
            }
        } else {
            reply.put("peers", listed(told, withIds));
        }
        return encoded(reply);
    }

    private static BList listed(Swarms.Told told, boolean withIds) {
        return new BList(Stream.concat(told.ipv4().stream(), told.ipv6().stream())
                .map(peer -> listed(peer, withIds))
                .toList());
    }

    private static BValue listed(Peer peer, boolean withIds) {
        var entry = BDict.builder().put("ip", peer.address().getHostAddress()).put("port", peer.port());
        if (withIds) {
            entry.put("peer id", BString.of(peer.id().toBytes()));
        }
        return entry.build();
    }

    static ByteBuffer scrape(HttpQuestion.Scraping question, Swarms swarms, long now) {
        var files = BDict.builder();
        for (var infoHash : question.infoHashes()) {
            var counts = swarms.scrape(infoHash, now);
            files.put(
                    BString.of(infoHash.toBytes()),
                    BDict.builder()
                            .put("complete", counts.seeds())
                            .put("downloaded", counts.completed())
                            .put("downloaders", counts.downloaders())
                            .put("incomplete", counts.leechers())
                            .build());
        }
        return encoded(BDict.builder().put("files", files.build()));
    }

    static ByteBuffer failure(String reason) {
        return encoded(BDict.builder().put("failure reason", reason));
    }

    private static ByteBuffer encoded(BDict.Builder reply) {
        return ByteBuffer.wrap(BencodeWriter.write(reply.build()));
    }
}
