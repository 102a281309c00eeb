package net.shoal.itests.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import net.shoal.itests.distribution.FileTree;
import net.shoal.itests.distribution.NodeProcess;
import net.shoal.itests.distribution.Running;
import net.shoal.itests.interop.Programs;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Programs that speak to Transmission steer a packaged node, which fetches from another one. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class TransmissionIT {
    private static final int SECONDS = 60;
    private static final String PASSWORD = "correct horse";

    @TempDir
    static Path folder;

    private static NodeProcess seed;
    private static ConsoleNode node;
    private static Path photos;
    private static String link;

    @BeforeAll
    static void start() throws Exception {
        photos = Files.createDirectories(folder.resolve("photos"));
        write("raw/large.raw", 3_000_000);
        write("small.raw", 200_000);
        Files.writeString(photos.resolve("notes.txt"), "hello\n");
        seed = NodeProcess.start(
                folder.resolve("seed"),
                "--listen",
                "127.0.0.1:0",
                "--net",
                "loopback",
                "--serve-tracker",
                "127.0.0.1:0");
        link = seed.control()
                .results("share", photos.toString(), "--save", torrent().toString())
                .get(0)
                .path("link")
                .asText();
        node = ConsoleNode.start(folder, "--set", RpcClient.SETTING + "=true");
        node.setPassword(PASSWORD);
    }

    @AfterAll
    static void stop() {
        node.close();
        seed.close();
    }

    private static void write(String name, int size) throws IOException {
        var bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        Files.createDirectories(photos.resolve(name).getParent());
        Files.write(photos.resolve(name), bytes);
    }

    private static Path torrent() {
        return folder.resolve("photos.torrent");
    }

    /** Its number, once it is there. */
    private static String number(String said) {
        return said.lines()
                .filter(line -> line.endsWith(" photos"))
                .map(line -> line.strip().replaceFirst("[ *].*", ""))
                .findFirst()
                .orElseThrow(() -> new AssertionError(said));
    }

    @Test
    void transmissionRemoteTakesATransferThroughItsWholeLife() throws Exception {
        Programs.require("transmission-remote", "transmission-cli");
        var remote = new TransmissionRemote(node.console(), PASSWORD);
        var to = folder.resolve("fetched");
        assertThat(remote.ok("-si")).contains("Daemon version: 4.0.6 (Shoal", "Download directory: " + folder);

        assertThat(remote.ok("-a", torrent().toString(), "-w", to.toString(), "-S", "-G", "0"))
                .contains("success");
        assertThat(remote.ok("-a", torrent().toString())).contains("success");
        var id = number(remote.ok("-l"));
        assertThat(remote.ok("-t", id, "-i"))
                .contains(
                        "State: Stopped",
                        "Location: " + to,
                        "Percent Done: 0",
                        "Public torrent: Yes",
                        "Magnet: magnet:?");
        assertThat(remote.ok("-t", id, "-f"))
                .contains("photos (3 files)", "photos/raw/large.raw")
                .containsPattern("0% Normal +No ");
        remote.ok("-t", id, "-g", "all", "-ph", "0", "-pl", "1");
        assertThat(remote.ok("-t", id, "-f"))
                .containsPattern("0% High +Yes ")
                .containsPattern("0% Low +Yes ")
                .doesNotContainPattern(" No ");
        remote.ok("-t", id, "-d", "5000", "-u", "300", "-pr", "12", "-sr", "1.5");
        assertThat(remote.ok("-t", id, "-i"))
                .contains("Download Limit: 5.00 MB/s", "Upload Limit: 300 kB/s", "Peer limit: 12", "Ratio Limit: 1.5");
        remote.ok("-t", id, "-D", "-U", "-SR", "-L", "tv,new");
        assertThat(remote.ok("-t", id, "-i"))
                .contains("Download Limit: Unlimited", "Ratio Limit: Unlimited", "Labels: tv, new");

        remote.ok("-t", id, "-s");
        remote.await(id, "Percent Done: 100%");
        assertThat(FileTree.of(to.resolve("photos"))).isEqualTo(FileTree.of(photos));
        assertThat(remote.ok("-t", id, "-ic")).contains("1111");
        assertThat(remote.ok("-t", id, "-it")).contains("Tracker 0: http://127.0.0.1:");
        assertThat(remote.ok("-t", id, "-ip")).contains("Address", "Client");
        assertThat(remote.ok("-st")).contains("CURRENT SESSION");

        remote.ok("-t", id, "-S");
        remote.await(id, "State: Stopped");
        Files.write(to.resolve("photos/small.raw"), new byte[200_000]);
        remote.ok("-t", id, "-v");
        Running.await(
                "the damage is found", SECONDS, () -> !remote.ok("-t", id, "-i").contains("Percent Done: 100%"));
        remote.ok("-t", id, "-s");
        remote.await(id, "Percent Done: 100%");

        var elsewhere = folder.resolve("elsewhere");
        remote.ok("-t", id, "--move", elsewhere.toString());
        Running.await(
                "moved",
                SECONDS,
                () -> remote.ok("-t", id, "-i").contains("Location: " + elsewhere)
                        && FileTree.of(elsewhere.resolve("photos")).equals(FileTree.of(photos)));
        assertThat(to.resolve("photos")).doesNotExist();
        assertThat(remote.refused("-t", id, "--find", to.toString())).contains("Error: this node looks elsewhere only");
        assertThat(remote.refused("-t", id, "--reannounce")).contains("Error: a node asks its trackers by itself");

        remote.ok("-t", id, "-r");
        assertThat(remote.ok("-l")).doesNotContain("photos");
        assertThat(elsewhere.resolve("photos/notes.txt")).hasContent("hello\n");

        remote.ok("-a", link, "-w", to.toString());
        var again = number(remote.ok("-l"));
        assertThat(again).isNotEqualTo(id);
        remote.await(again, "Percent Done: 100%");
        assertThat(FileTree.of(to.resolve("photos"))).isEqualTo(FileTree.of(photos));
        remote.ok("-t", again, "-rad");
        assertThat(to.resolve("photos")).doesNotExist();
        assertThat(remote.refused("-n", "me:wrong", "-l")).contains("Unexpected response: the password is wrong");
    }

    @Test
    void theNodeItselfIsSetByTransmissionRemote() throws Exception {
        Programs.require("transmission-remote", "transmission-cli");
        var remote = new TransmissionRemote(node.console(), PASSWORD);
        remote.ok(
                "-d",
                "900",
                "-gsr",
                "2.5",
                "-asd",
                "50",
                "--alt-speed-time-begin",
                "2300",
                "--alt-speed-time-end",
                "0700");
        remote.ok("-asc");
        assertThat(remote.ok("-si"))
                .contains("Download speed limit: 900 kB/s", "Default seed ratio limit: 2.5", "23:00 - 07:00");
        var settings = Browser.json(node.browser().get("/api/v1/settings")).path("settings");
        assertThat(value(settings, "net.shoal.engine:downLimit")).isEqualTo("900000");
        assertThat(value(settings, "net.shoal.engine:nightFrom")).isEqualTo("23:00");
        remote.ok("-D", "-GSR", "-ASC");
        assertThat(remote.refused("-as")).contains("Error: other limits hold at night");
        assertThat(remote.refused("--exit")).contains("shoal stop");
        assertThat(remote.refused("-pt")).contains("Error: a node asks nobody");
    }

    private static String value(Iterable<JsonNode> settings, String key) {
        for (var setting : settings) {
            if (setting.path("key").asText().equals(key)) {
                return setting.path("value").asText();
            }
        }
        throw new AssertionError("no " + key);
    }

    @Test
    void whatSonarrAsksForIsAnswered() throws Exception {
        var rpc = new RpcClient(node.console(), PASSWORD);
        var session = rpc.ok("session-get", Map.of());
        assertThat(session.path("version").asText()).startsWith("4.0.6 ");
        var to = session.path("download-dir").asText() + "/tv";
        var file = write(folder, "episode.mkv", 500_000);
        var saved = folder.resolve("episode.torrent");
        seed.control().results("share", file.toString(), "--save", saved.toString());
        var added = rpc.ok(
                "torrent-add",
                Map.of(
                        "metainfo",
                        Base64.getEncoder().encodeToString(Files.readAllBytes(saved)),
                        "paused",
                        false,
                        "download-dir",
                        to,
                        "labels",
                        List.of("tv")));
        var hash = added.path("torrent-added").path("hashString").asText();
        rpc.ok("queue-move-top", Map.of("ids", List.of(hash)));
        rpc.ok(
                "torrent-set",
                Map.of(
                        "ids",
                        List.of(hash),
                        "seedRatioLimit",
                        1.2,
                        "seedRatioMode",
                        1,
                        "seedIdleLimit",
                        20,
                        "seedIdleMode",
                        1));
        Running.await(
                "complete", SECONDS, () -> torrent(rpc, hash).path("status").asInt() == 6);
        var torrent = torrent(rpc, hash);
        assertThat(torrent.path("leftUntilDone").asLong()).isZero();
        assertThat(torrent.path("totalSize").asLong()).isEqualTo(500_000);
        assertThat(torrent.path("labels").path(0).asText()).isEqualTo("tv");
        assertThat(torrent.path("seedRatioLimit").asDouble()).isEqualTo(1.2);
        assertThat(torrent.path("seedIdleLimit").asInt()).isEqualTo(20);
        assertThat(torrent.path("file-count").asInt()).isEqualTo(1);
        var path = Path.of(
                torrent.path("downloadDir").asText(), torrent.path("name").asText());
        assertThat(path).hasSameBinaryContentAs(file);

        rpc.ok("torrent-rename-path", Map.of("ids", List.of(hash), "path", "episode.mkv", "name", "s01e01.mkv"));
        assertThat(torrent(rpc, hash).path("name").asText()).isEqualTo("s01e01.mkv");
        assertThat(Path.of(to, "s01e01.mkv")).hasSameBinaryContentAs(file);
        rpc.ok("torrent-remove", Map.of("ids", List.of(hash), "delete-local-data", true));
        assertThat(Path.of(to, "s01e01.mkv")).doesNotExist();
        assertThat(rpc.torrents().toString()).doesNotContain(hash);
    }

    private static Path write(Path folder, String name, int size) throws IOException {
        var bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return Files.write(folder.resolve(name), bytes);
    }

    private static JsonNode torrent(RpcClient rpc, String hash) throws Exception {
        for (var torrent : rpc.torrents()) {
            if (torrent.path("hashString").asText().equals(hash)) {
                return torrent;
            }
        }
        throw new AssertionError("no " + hash);
    }

    @Test
    void whatIsSharedWhereItLiesIsNeverDeleted() throws Exception {
        var file = write(folder, "mine.bin", 100_000);
        var hash = node.node()
                .control()
                .results("share", file.toString())
                .get(0)
                .path("id")
                .asText();
        var rpc = new RpcClient(node.console(), PASSWORD);
        assertThat(torrent(rpc, hash).path("status").asInt()).isEqualTo(6);
        rpc.ok("torrent-remove", Map.of("ids", List.of(hash), "delete-local-data", true));
        assertThat(file).exists();
    }
}
