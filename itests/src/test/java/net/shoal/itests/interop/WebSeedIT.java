package net.shoal.itests.interop;

import static net.shoal.itests.interop.Content.FOLDER;
import static net.shoal.itests.interop.Content.LARGE;
import static net.shoal.itests.interop.Content.MANY_FILES;
import static net.shoal.itests.interop.Content.MEDIUM;
import static net.shoal.itests.interop.Content.UNICODE;
import static net.shoal.itests.interop.Format.HYBRID;
import static net.shoal.itests.interop.Format.V1;
import static net.shoal.itests.interop.Format.V2;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import net.shoal.itests.distribution.FileTree;
import net.shoal.itests.distribution.Running;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Web seeds, served by nginx. */
@TestInstance(Lifecycle.PER_CLASS)
@Timeout(value = 4, unit = TimeUnit.MINUTES)
class WebSeedIT {
    private static final String TRACKER = "http://" + Room.TRACKER + "/announce";
    private static final long SECONDS = 120;

    private Room room;
    private ShoalClient shoal;

    @BeforeAll
    void open() throws IOException {
        Programs.require("nginx", "nginx-light");
        room = new Room();
        shoal = room.shoal();
    }

    @AfterAll
    void close() throws IOException {
        if (shoal != null) {
            shoal.close();
        }
        if (room != null) {
            room.close();
        }
    }

    static Stream<Arguments> contents() {
        return Stream.of(
                Arguments.of(V1, LARGE),
                Arguments.of(V2, MEDIUM),
                Arguments.of(V1, UNICODE),
                Arguments.of(HYBRID, UNICODE),
                Arguments.of(V1, FOLDER),
                Arguments.of(HYBRID, FOLDER),
                Arguments.of(V2, FOLDER),
                Arguments.of(V1, MANY_FILES));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("contents")
    void aWebSeedAloneIsEnough(Format format, Content kind) throws IOException {
        var content = kind.write(room.newFolder("content"), "web seed " + format + " " + kind);
        try (var nginx = room.nginx(content.getParent(), 0)) {
            var torrent = torrent(content, kind, format, nginx);
            var fetched = room.newFolder("fetched");
            get(torrent.toString(), fetched, Optional.empty());
            assertArrived(content, fetched);
            if (Files.isRegularFile(content)) {
                assertThat(nginx.requests()).as("pieces come in long runs").hasSizeLessThan(100);
            }
        }
    }

    @Test
    void aWebSeedAndASlowPeerAreUsedTogether() throws IOException {
        var content = MEDIUM.write(room.newFolder("content"), "mixed.bin");
        try (var nginx = room.nginx(content.getParent(), 400 << 10);
                var seed = room.other(OtherClient.LIBTORRENT)) {
            var torrent = torrent(content, MEDIUM, V1, nginx);
            seed.limitUploads(3 << 20);
            seed.seed(torrent, content.getParent()).join();
            var fetched = room.newFolder("fetched");
            get(torrent.toString(), fetched, Optional.of(seed.address()));
            assertArrived(content, fetched);
            assertThat(seed.uploaded()).as("of 24 MiB").isBetween(2L << 20, 22L << 20);
        }
    }

    /** The info dictionary comes from a peer, which has hardly anything to give beside. */
    @Test
    void aMagnetLinkNamesAWebSeed() throws IOException {
        var content = MEDIUM.write(room.newFolder("content"), "linked.bin");
        try (var nginx = room.nginx(content.getParent(), 0);
                var seed = room.other(OtherClient.LIBTORRENT)) {
            var torrent = Torrents.madeByShoal(content, torrentFile(content), MEDIUM.pieceBytes(), HYBRID, TRACKER);
            seed.limitUploads(200 << 10);
            seed.seed(torrent, content.getParent()).join();
            var url = URLEncoder.encode(nginx.url(), StandardCharsets.UTF_8);
            var fetched = room.newFolder("fetched");
            get(Torrents.magnet(torrent) + "&ws=" + url, fetched, Optional.of(seed.address()));
            assertArrived(content, fetched);
            assertThat(seed.uploaded()).as("of 24 MiB").isLessThan(12 << 20);
        }
    }

    @Test
    void aWebSeedThatComesBackIsAskedAgain() throws IOException {
        var content = MEDIUM.write(room.newFolder("content"), "broken off.bin");
        try (var nginx = room.nginx(content.getParent(), 1 << 20)) {
            var torrent = torrent(content, MEDIUM, V1, nginx);
            var fetched = room.newFolder("fetched");
            var getting = shoal.get(torrent.toString(), fetched, Optional.empty());
            Running.await("a part of it", 60, () -> row(content).path("done").asLong() > 4 << 20);
            nginx.stop();
            Running.await("words about it", 60, () -> seedMessage(content).contains("nothing listens"));
            assertThat(getting).isNotDone();
            nginx.start();
            await(getting);
            assertArrived(content, fetched);
        }
    }

    @Test
    void aWebSeedWithOtherContentIsNotUsed() throws IOException {
        var content = MEDIUM.write(room.newFolder("content"), "changed.bin");
        var other = room.newFolder("other");
        Files.write(other.resolve("changed.bin"), new byte[(int) Files.size(content)]);
        try (var nginx = room.nginx(other, 0);
                var seed = room.shoal()) {
            var torrent = torrent(content, MEDIUM, V1, nginx);
            var fetched = room.newFolder("fetched");
            var getting = shoal.get(torrent.toString(), fetched, Optional.empty());
            Running.await("words about it", 60, () -> seedMessage(content).startsWith("banned: it sent a bad piece"));
            await(seed.seed(torrent, content.getParent()));
            await(getting);
            assertArrived(content, fetched);
        }
    }

    private Path torrent(Path content, Content kind, Format format, Nginx nginx) throws IOException {
        return Torrents.madeByShoal(
                content,
                torrentFile(content),
                kind.pieceBytes(),
                format,
                List.of(TRACKER),
                List.of("--web-seed", nginx.url()));
    }

    private static Path torrentFile(Path content) {
        return content.resolveSibling("content.torrent");
    }

    private void get(String link, Path folder, Optional<String> peer) {
        await(shoal.get(link, folder, peer));
    }

    private void await(CompletableFuture<?> done) {
        try {
            done.get(SECONDS, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError("no transfer: " + e + "\n" + shoal.log(), e);
        }
    }

    private static void assertArrived(Path content, Path fetched) throws IOException {
        assertThat(FileTree.of(fetched.resolve(content.getFileName()))).isEqualTo(FileTree.of(content));
    }

    /** Of {@code ls}. */
    private JsonNode row(Path content) throws IOException {
        for (var row : shoal.control().results("ls")) {
            if (row.path("name").asText().equals(content.getFileName().toString())) {
                return row;
            }
        }
        return com.fasterxml.jackson.databind.node.MissingNode.getInstance();
    }

    /** What {@code show} says of the web seed. */
    private String seedMessage(Path content) throws IOException {
        for (var row : shoal.control().results("show", row(content).path("id").asText())) {
            for (var by : row.path("discovery")) {
                if (by.path("by").asText().equals("web seed")) {
                    return by.path("message").asText();
                }
            }
        }
        return "";
    }
}
