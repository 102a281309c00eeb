package net.shoal.itests.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import net.shoal.itests.distribution.FileTree;
import net.shoal.itests.distribution.Running;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Two nodes on two machines that a switch connects, with no internet, no tracker, and nobody who has told them of each other. How long things
 * take is printed; what fails a test is several times that.
 */
@Timeout(value = 6, unit = TimeUnit.MINUTES)
@Execution(ExecutionMode.SAME_THREAD)
class LocalNetworkIT {
    private static final String HERE = "10.78.1.1";
    private static final String THERE = "10.78.1.2";
    private static final String EVERYWHERE = "0.0.0.0";
    private static final List<String> LSD_ALONE = List.of("--set", "net.shoal.discovery.mdns:enabled=false");
    private static final List<String> MDNS_ALONE = List.of(
            "--set", "net.shoal.discovery.lsd:enabled=false", "--set", "net.shoal.discovery.mdns:name=Anna's node");
    /** Where 5 s are promised, on a machine with nothing else to do. */
    private static final long SOON = 30;
    /** Transmission 3.00 took 77 s on a busy machine; others take one or two. */
    private static final long PATIENT = 240;

    private final NetworkNamespace hub = NetworkNamespace.create();
    private final NetworkNamespace here = NetworkNamespace.create();
    private final NetworkNamespace there = NetworkNamespace.create();
    private final List<ShoalClient> nodes = new ArrayList<>();
    private Path folder;
    private Path content;
    private Path torrent;

    @BeforeEach
    void open() throws IOException {
        hub.becomeSwitch();
        here.plugInto(hub, HERE);
        there.plugInto(hub, THERE);
        folder = Files.createTempDirectory("shoal-local");
        content = Content.MEDIUM.write(Files.createDirectories(folder.resolve("content")), "content.bin");
        torrent = Torrents.madeByShoal(
                content, folder.resolve("content.torrent"), Content.MEDIUM.pieceBytes(), Format.HYBRID);
    }

    @AfterEach
    void close() throws IOException {
        nodes.forEach(ShoalClient::close);
        hub.close();
        here.close();
        there.close();
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    @Test
    void whatOneHasTheOtherFindsByLsdAlone() throws IOException {
        var seed = node(here, HERE, LSD_ALONE);
        var leecher = node(there, THERE, LSD_ALONE);
        seed.seed(torrent, content.getParent()).join();
        awaitFetched("wanted after it was shared, by LSD", leecher, begin(leecher));
        assertThat(shown(leecher)).contains("announced", "cable (IPv4)");
        assertThat(seed.doctor())
                .contains("looked for (LSD) at cable (IPv4)", "net.shoal.discovery.mdns:enabled says so");
    }

    @Test
    void whatOneWantsTheOtherBringsByLsdAlone() throws IOException {
        var leecher = node(there, THERE, LSD_ALONE);
        var fetching = begin(leecher);
        var seed = node(here, HERE, LSD_ALONE);
        seed.seed(torrent, content.getParent()).join();
        awaitFetched("shared after it was wanted, by LSD", leecher, fetching);
    }

    @Test
    void nodesThatListenEverywhereFindEachOtherInBothFamilies() throws IOException {
        var seed = node(here, EVERYWHERE, LSD_ALONE);
        var leecher = node(there, EVERYWHERE, LSD_ALONE);
        seed.seed(torrent, content.getParent()).join();
        assertThat(seed.doctor()).contains("cable (IPv4), cable (IPv6)");
        awaitFetched("wanted after it was shared, listening everywhere", leecher, begin(leecher));
    }

    @Test
    void theyFindEachOtherByMdnsAlone() throws IOException {
        var seed = node(here, HERE, MDNS_ALONE);
        var leecher = node(there, THERE, MDNS_ALONE);
        await("both know of each other by mDNS", () -> knows(seed, THERE) && knows(leecher, HERE));
        assertThat(seed.doctor() + leecher.doctor()).contains("'Anna's node'", "'Anna's node (2)'");
        seed.seed(torrent, content.getParent()).join();
        awaitFetched("wanted after it was shared, by mDNS", leecher, begin(leecher));
    }

    @Test
    void aCableThatIsPluggedInLaterIsNoticed() throws IOException {
        there.unplug(THERE);
        var seed = node(here, HERE, LSD_ALONE);
        var leecher = node(there, EVERYWHERE, LSD_ALONE);
        seed.seed(torrent, content.getParent()).join();
        var fetching = begin(leecher);
        there.plugIn(THERE);
        awaitFetched("plugged in", leecher, fetching);
    }

    /** Transmission 3.00 hears of us as well, but takes a minute to dial, and sometimes does not. */
    @ParameterizedTest
    @EnumSource(value = OtherClient.class, mode = EnumSource.Mode.EXCLUDE, names = "TRANSMISSION")
    void otherClientsFindWhatShoalHas(OtherClient kind) throws IOException {
        var seed = node(here, HERE, LSD_ALONE);
        seed.seed(v1(), content.getParent()).join();
        try (var other = DrivenClient.byLsd(kind, there, THERE, folder.resolve("other"))) {
            var fetched = Files.createDirectories(folder.resolve("fetched"));
            var fetching = other.get(v1().toString(), fetched, Optional.empty());
            await(kind + " has fetched what Shoal has", PATIENT, fetching::isDone);
            fetching.join();
        }
    }

    @ParameterizedTest
    @EnumSource(value = OtherClient.class, mode = EnumSource.Mode.EXCLUDE, names = "ARIA2")
    void shoalFindsWhatOtherClientsHave(OtherClient kind) throws IOException {
        try (var other = DrivenClient.byLsd(kind, here, HERE, folder.resolve("other"))) {
            other.begin(v1().toString(), content.getParent());
            torrent = v1();
            var leecher = node(there, THERE, LSD_ALONE);
            awaitFetched("Shoal fetches what " + kind + " has", leecher, begin(leecher));
        }
    }

    /** Other clients do not all know hybrids. */
    private Path v1() throws IOException {
        var file = folder.resolve("v1.torrent");
        return Files.exists(file) ? file : Torrents.madeByShoal(content, file, Content.MEDIUM.pieceBytes(), Format.V1);
    }

    @Test
    void avahiListsTheNode() throws IOException, InterruptedException {
        Programs.require("avahi-daemon", "avahi-daemon");
        Programs.require("avahi-browse", "avahi-utils");
        Programs.require("dbus-daemon", "dbus");
        node(here, HERE, MDNS_ALONE);
        var script = Path.of("src/test/resources/interop/avahi-browse.sh").toAbsolutePath();
        var browse = Running.start(
                new ProcessBuilder(there.inside(List.of("unshare", "--mount", "sh", script.toString(), "_shoal._tcp")))
                        .redirectErrorStream(true));
        try {
            var output = new String(browse.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            browse.waitFor();
            assertThat(output.lines().filter(line -> line.startsWith("=")))
                    .as(output)
                    .anySatisfy(line -> assertThat(line)
                            .contains(";_shoal._tcp;local;", ";" + HERE + ";6881;", "\"version=")
                            .contains("Anna\\039s\\032node"));
        } finally {
            Running.end(browse);
        }
    }

    private ShoalClient node(NetworkNamespace at, String address, List<String> options) throws IOException {
        var home = folder.resolve("node" + nodes.size() + "/home");
        var node = new ShoalClient(at, address, home, options.toArray(String[]::new));
        nodes.add(node);
        return node;
    }

    private CompletableFuture<Void> begin(ShoalClient leecher) throws IOException {
        return leecher.get(torrent.toString(), Files.createDirectories(folder.resolve("fetched")), Optional.empty());
    }

    private void awaitFetched(String what, ShoalClient leecher, CompletableFuture<Void> fetching) throws IOException {
        await(what + ": the first bytes are there", () -> fetching.isDone() || done(leecher) > 0);
        await(what + ": all is there", fetching::isDone);
        fetching.join();
        assertThat(FileTree.of(folder.resolve("fetched").resolve(content.getFileName())))
                .isEqualTo(FileTree.of(content));
    }

    private static long done(ShoalClient leecher) {
        try {
            return leecher.results("ls").stream()
                    .mapToLong(row -> row.path("done").asLong())
                    .sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean knows(ShoalClient node, String address) {
        try {
            return node.doctor().contains("at " + address + ":6881.");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String shown(ShoalClient node) throws IOException {
        return node.results("show", node.results("ls").get(0).path("id").asText())
                .toString();
    }

    private void await(String what, Callable<Boolean> condition) {
        await(what, SOON, condition);
    }

    private void await(String what, long seconds, Callable<Boolean> condition) {
        long start = System.nanoTime();
        try {
            Running.await(what, seconds, condition);
        } catch (ConditionTimeoutException e) {
            var logs = new StringBuilder(String.valueOf(e.getMessage()));
            nodes.forEach(node ->
                    logs.append('\n').append(node.address()).append('\n').append(node.log()));
            throw new AssertionError(logs.toString(), e);
        }
        System.out.printf("%s: after %.1f s%n", what, (System.nanoTime() - start) / 1e9);
    }
}
