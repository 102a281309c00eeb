package net.shoal.itests.interop;

import static net.shoal.itests.interop.OtherClient.LIBTORRENT;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A hybrid torrent that some know by its v1 infohash alone and some by its v2 infohash alone (BEP 52). */
@Timeout(value = 5, unit = java.util.concurrent.TimeUnit.MINUTES)
class HybridIT {
    private static final Content CONTENT = Content.FOLDER;

    @Test
    void shoalServesThoseWhoKnowOneInfohashOrTheOther() throws IOException {
        try (var room = new Room();
                var seed = room.shoal();
                var byV1 = room.other(LIBTORRENT);
                var byV2 = room.other(LIBTORRENT);
                var shoalByV1 = room.shoal();
                var shoalByV2 = room.shoal()) {
            var content = CONTENT.write(room.newFolder("content"), "served under both names");
            var torrent = Torrents.madeByShoal(content, torrentFile(content), CONTENT.pieceBytes(), Format.HYBRID);
            room.transfers(seed, torrent, content, only("btih", torrent), byV1, shoalByV1);
            room.transfers(seed, torrent, content, only("btmh", torrent), byV2, shoalByV2);
        }
    }

    @Test
    void shoalFetchesUnderOneNameOrTheOtherWhatLibtorrentSeeds() throws IOException {
        try (var room = new Room();
                var seed = room.other(LIBTORRENT);
                var byV1 = room.shoal();
                var byV2 = room.shoal()) {
            var content = CONTENT.write(room.newFolder("content"), "fetched under both names");
            var torrent = Torrents.madeByLibtorrent(
                    content,
                    torrentFile(content),
                    CONTENT.pieceBytes(),
                    Format.HYBRID,
                    "http://" + Room.TRACKER + "/announce");
            room.transfers(seed, torrent, content, only("btih", torrent), byV1);
            room.transfers(seed, torrent, content, only("btmh", torrent), byV2);
        }
    }

    /** The seed is known to one by v1 alone; from that one, which learns the rest, it goes on to one that knows v2 alone. */
    @Test
    void contentGoesFromV1ToV2ByWayOfShoal() throws IOException {
        try (var room = new Room();
                var seed = room.other(LIBTORRENT);
                var middle = room.shoal();
                var last = room.other(LIBTORRENT)) {
            var content = CONTENT.write(room.newFolder("content"), "from one to the other");
            var torrent = Torrents.madeByLibtorrent(
                    content,
                    torrentFile(content),
                    CONTENT.pieceBytes(),
                    Format.HYBRID,
                    "http://" + Room.TRACKER + "/announce");
            room.transfers(seed, torrent, content, only("btih", torrent), middle);
            seed.close();
            room.fetches(last, only("btmh", torrent), content, middle);
        }
    }

    private static Path torrentFile(Path content) {
        return content.resolveSibling("content.torrent");
    }

    /** The magnet link with one of its two names, and nothing that leads to others. */
    private static String only(String name, Path torrent) throws IOException {
        var link = Torrents.magnet(torrent);
        return "magnet:?"
                + Arrays.stream(link.substring(link.indexOf('?') + 1).split("&"))
                        .filter(part -> part.startsWith("xt=urn:" + name) || part.startsWith("dn="))
                        .collect(Collectors.joining("&"));
    }
}
