package net.shoal.itests.interop;

import static net.shoal.itests.interop.OtherClient.ARIA2;
import static net.shoal.itests.interop.OtherClient.LIBTORRENT;
import static net.shoal.itests.interop.OtherClient.TRANSMISSION;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Optional;
import java.util.stream.Stream;
import net.shoal.itests.distribution.Running;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Message Stream Encryption with other clients, as their users may have set it. A client that requires it talks to nobody else. */
@TestInstance(Lifecycle.PER_CLASS)
@Execution(ExecutionMode.CONCURRENT)
class SecurityIT {
    private static final String TRACKER = "http://" + Room.TRACKER + "/announce";
    private static final String ONLY = System.getProperty("shoal.cases", ".*");
    private static final long SLOW = 2 << 20;

    /** How the two are set: {@code encryption} as the driver of the other calls it, {@code policy} as our command line does. */
    record Case(OtherClient other, String encryption, String policy) {
        @Override
        public String toString() {
            return other + " " + encryption + ", shoal " + policy;
        }
    }

    private Room room;
    private Client prefers;
    private Client wantsMse;

    @BeforeAll
    void open() throws IOException {
        room = new Room();
        prefers = room.shoal("--security", "prefer");
        wantsMse = room.shoal("--security", "mse");
    }

    @AfterAll
    void close() throws IOException {
        for (var open : new AutoCloseable[] {prefers, wantsMse}) {
            if (open instanceof Client client) {
                client.close();
            }
        }
        if (room != null) {
            room.close();
        }
    }

    static Stream<Case> cases() {
        return Stream.of(
                        new Case(TRANSMISSION, "required", "prefer"),
                        new Case(TRANSMISSION, "preferred", "prefer"),
                        new Case(TRANSMISSION, "tolerated", "mse"),
                        new Case(ARIA2, "required", "prefer"),
                        new Case(ARIA2, "plaintext", "prefer"),
                        new Case(ARIA2, "tolerated", "mse"),
                        new Case(LIBTORRENT, "required", "prefer"),
                        new Case(LIBTORRENT, "plaintext", "prefer"),
                        new Case(LIBTORRENT, "preferred", "prefer"),
                        new Case(LIBTORRENT, "preferred", "mse"))
                .filter(wanted -> wanted.toString().matches(ONLY));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void othersFetchWhatShoalSeeds(Case wanted) throws IOException {
        try (var other = room.other(wanted.other(), wanted.encryption())) {
            var content = content(wanted, "seeded by shoal");
            var torrent = Torrents.madeByShoal(
                    content, torrentFile(content), Content.FOLDER.pieceBytes(), Format.V1, TRACKER);
            room.transfers(shoal(wanted), torrent, content, torrent.toString(), other);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void shoalFetchesWhatOthersSeed(Case wanted) throws IOException {
        try (var other = room.other(wanted.other(), wanted.encryption())) {
            var content = content(wanted, "seeded by another");
            var torrent = Torrents.madeByLibtorrent(
                    content, torrentFile(content), Content.FOLDER.pieceBytes(), Format.V1, TRACKER);
            room.transfers(other, torrent, content, torrent.toString(), shoal(wanted));
        }
    }

    @Test
    void peersTellsWhetherContentIsEncrypted() throws IOException {
        assertThat(peerWhileFetching("plaintext").path("encrypted").asText()).isEqualTo("false");
        assertThat(peerWhileFetching("required").path("encrypted").asText()).isEqualTo("true");
    }

    private JsonNode peerWhileFetching(String encryption) throws IOException {
        try (var seed = room.other(LIBTORRENT, encryption);
                var shoal = room.shoal()) {
            var content = Content.MEDIUM.write(room.newFolder("content"), "seen by peers " + encryption);
            var torrent = Torrents.madeByLibtorrent(
                    content, torrentFile(content), Content.MEDIUM.pieceBytes(), Format.V1, TRACKER);
            seed.limitUploads(SLOW);
            seed.seed(torrent, content.getParent()).join();
            var unused = shoal.get(torrent.toString(), room.newFolder("fetched"), Optional.of(seed.address()));
            var seen = new ArrayList<JsonNode>();
            Running.await("a peer", 60, () -> {
                for (var transfer : shoal.results("ls")) {
                    seen.addAll(shoal.results("peers", transfer.path("id").asText()));
                }
                return !seen.isEmpty();
            });
            assertThat(seen.get(0).path("security").asText()).isEqualTo("mse");
            return seen.get(0);
        }
    }

    private Client shoal(Case wanted) {
        return wanted.policy().equals("mse") ? wantsMse : prefers;
    }

    private Path content(Case wanted, String name) throws IOException {
        return Content.FOLDER.write(room.newFolder("content"), name + " " + wanted);
    }

    private static Path torrentFile(Path content) {
        return content.resolveSibling("content.torrent");
    }
}
