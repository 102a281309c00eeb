package net.shoal.itests.interop;

import static net.shoal.itests.interop.OtherClient.LIBTORRENT;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.Assertions;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Swarms of three without a tracker: one knows the middle, the middle knows a seed, and what they tell each other (BEP 11) brings the two
 * together. The seed is slow, so that they have time.
 */
@TestInstance(Lifecycle.PER_CLASS)
@Execution(ExecutionMode.CONCURRENT)
class PexIT {
    private static final Content CONTENT = Content.MEDIUM;
    private static final long RATE = 40_000;
    /** Peers tell once a minute. */
    private static final long SECONDS = 180;

    private Room room;

    @BeforeAll
    void open() throws IOException {
        room = new Room();
    }

    @AfterAll
    void close() throws IOException {
        if (room != null) {
            room.close();
        }
    }

    @Test
    void libtorrentFindsTheSeedByWhatShoalTells() throws IOException {
        try (var seed = room.other(LIBTORRENT);
                var middle = room.shoal();
                var last = room.other(LIBTORRENT)) {
            var torrent = slowSeed(seed);
            middle.get(torrent.toString(), room.newFolder("middle"), Optional.of(seed.address()));
            last.begin(torrent.toString(), room.newFolder("last"));
            last.dial(middle.address());
            meet(last::peers, seed, last, middle);
        }
    }

    @Test
    void shoalFindsTheSeedByWhatLibtorrentTells() throws IOException {
        try (var seed = room.other(LIBTORRENT);
                var middle = room.other(LIBTORRENT);
                var last = room.shoal()) {
            var torrent = slowSeed(seed);
            middle.begin(torrent.toString(), room.newFolder("middle"));
            middle.dial(seed.address());
            last.get(torrent.toString(), room.newFolder("last"), Optional.of(middle.address()));
            meet(last::peers, seed, last, middle);
        }
    }

    @Test
    void shoalFindsTheSeedByWhatShoalTells() throws IOException {
        try (var seed = room.other(LIBTORRENT);
                var middle = room.shoal();
                var last = room.shoal()) {
            var torrent = slowSeed(seed);
            middle.get(torrent.toString(), room.newFolder("middle"), Optional.of(seed.address()));
            last.get(torrent.toString(), room.newFolder("last"), Optional.of(middle.address()));
            meet(last::peers, seed, last, middle);
        }
    }

    private Path slowSeed(DrivenClient seed) throws IOException {
        var content = CONTENT.write(room.newFolder("content"), "told of by peers");
        var file = content.resolveSibling("content.torrent");
        var torrent = Torrents.madeByShoal(content, file, CONTENT.pieceBytes(), Format.V1);
        seed.limitUploads(RATE);
        seed.begin(torrent.toString(), content.getParent());
        return torrent;
    }

    /** Whoever dials: by another port of the host that is. */
    private static void meet(Callable<List<String>> peers, Client seed, Client... others) {
        var host = seed.address().substring(0, seed.address().indexOf(':') + 1);
        try {
            Awaitility.await()
                    .atMost(SECONDS, TimeUnit.SECONDS)
                    .pollInterval(1, TimeUnit.SECONDS)
                    .untilAsserted(() -> Assertions.assertThat(peers.call()).anyMatch(peer -> peer.startsWith(host)));
        } catch (org.awaitility.core.ConditionTimeoutException e) {
            var logs = new StringBuilder(String.valueOf(e.getMessage()));
            for (var other : others) {
                logs.append('\n').append(other.address()).append('\n').append(other.log());
            }
            throw new AssertionError(logs.toString(), e);
        }
    }
}
