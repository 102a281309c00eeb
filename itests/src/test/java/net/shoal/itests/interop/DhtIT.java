package net.shoal.itests.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import net.shoal.api.dht.MutableItem;
import net.shoal.base.bencode.BString;
import net.shoal.base.model.Sha1Hash;
import net.shoal.discovery.dht.node.DhtNode;
import net.shoal.itests.distribution.FileTree;
import net.shoal.itests.distribution.Running;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A network of nodes of libtorrent, with nodes of Shoal among them, and nothing else: no tracker, no web, nobody is told of a peer. */
@TestInstance(Lifecycle.PER_CLASS)
class DhtIT {
    private static final int NODES = 20;
    private static final int SHOALS = 3;
    private static final int HASHES = 30;
    private static final int SECONDS = 240;
    private static final int ENOUGH = 6;

    private NetworkNamespace network;
    private Path folder;
    private DhtNodes nodes;
    private final List<ShoalClient> shoals = new ArrayList<>();

    @BeforeAll
    void open() throws IOException {
        network = NetworkNamespace.create();
        folder = Files.createTempDirectory("shoal-dht");
        nodes = new DhtNodes(network, NODES, folder.resolve("libtorrent.log"), List.of());
        for (int i = 0; i < SHOALS; i++) {
            var home = folder.resolve("shoal" + i).resolve("home");
            var entry = DhtNodes.address(i);
            shoals.add(new ShoalClient(
                    network,
                    "10.77." + (61 + i) + ".1",
                    home,
                    "--set",
                    "net.shoal.discovery.dht:routers=" + entry,
                    "--set",
                    "net.shoal.engine:maxActiveDownloads=0"));
        }
        for (var shoal : shoals) {
            await(shoal, () -> known(shoal) >= ENOUGH);
        }
    }

    @AfterAll
    void close() throws IOException {
        shoals.forEach(ShoalClient::close);
        if (nodes != null) {
            nodes.close();
        }
        if (network != null) {
            network.close();
        }
        if (folder != null) {
            try (var files = Files.walk(folder)) {
                for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    /** Nodes that answer, as {@code doctor} has them. */
    private static int known(ShoalClient shoal) throws IOException {
        return known(shoal, "IPv4");
    }

    private static int known(ShoalClient shoal, String family) throws IOException {
        var text = new StringBuilder();
        for (JsonNode result : shoal.results("doctor")) {
            text.append(result);
        }
        var found = java.util.regex.Pattern.compile("(\\d+) nodes of the DHT answer over " + family)
                .matcher(text);
        return found.find() ? Integer.parseInt(found.group(1)) : 0;
    }

    private static void await(ShoalClient shoal, Callable<Boolean> condition) {
        try {
            Awaitility.await()
                    .atMost(SECONDS, TimeUnit.SECONDS)
                    .pollInterval(500, TimeUnit.MILLISECONDS)
                    .until(condition);
        } catch (org.awaitility.core.ConditionTimeoutException e) {
            throw new AssertionError(e.getMessage() + "\n" + shoal.log(), e);
        }
    }

    private static String hash(int i) {
        try {
            var digest = MessageDigest.getInstance("SHA-1").digest(("hash " + i).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void announcesAreFoundBothWays() throws IOException {
        for (int i = 0; i < HASHES; i++) {
            nodes.announce(i % NODES, hash(i));
        }
        var shoal = shoals.get(0);
        for (int i = 0; i < HASHES; i++) {
            want(shoal, hash(i));
        }

        await(shoal, () -> announced(shoal).size() == HASHES);
        var lost = new ArrayList<String>();
        for (int i = 0; i < HASHES; i++) {
            var found = nodes.find((i + 7) % NODES, hash(i));
            if (!found.contains(shoal.address())) {
                lost.add(hash(i) + " of " + found);
            }
        }
        assertThat(lost).as("what libtorrent does not find of Shoal").isEmpty();
        assertThat(finders(shoal)).as("what Shoal found of libtorrent").hasSize(HASHES);
        assertThat(nodes.blocked()).doesNotContain("10.77.61.1");
    }

    private static Set<String> finders(ShoalClient shoal) throws IOException {
        return saying(shoal, "they knew");
    }

    private static Set<String> announced(ShoalClient shoal) throws IOException {
        return saying(shoal, "announced to ");
    }

    private static Set<String> saying(ShoalClient shoal, String words) throws IOException {
        var found = new HashSet<String>();
        for (var transfer : shoal.results("ls")) {
            var id = transfer.path("id").asText();
            if (shoal.results("show", id).stream()
                    .anyMatch(row -> row.toString().contains(words))) {
                found.add(id);
            }
        }
        return found;
    }

    @Test
    void shoalFetchesByLinkAloneWhatLibtorrentHas() throws Exception {
        var content = Content.FOLDER.write(Files.createDirectories(folder.resolve("theirs")), "theirs");
        var torrent = torrent(content);
        nodes.torrent(5, torrent.toString(), content.getParent());

        var fetched = Files.createDirectories(folder.resolve("fetched-by-shoal"));
        var shoal = shoals.get(1);
        shoal.get(bareLink(torrent), fetched, Optional.empty()).get(SECONDS, TimeUnit.SECONDS);

        assertThat(FileTree.of(fetched.resolve("theirs"))).isEqualTo(FileTree.of(content));
        await(shoal, () -> !saying(shoal, "about 1 seed").isEmpty());
    }

    @Test
    void libtorrentFetchesByLinkAloneWhatShoalHas() throws Exception {
        var content = Content.FOLDER.write(Files.createDirectories(folder.resolve("ours")), "ours");
        var torrent = torrent(content);
        var shoal = shoals.get(2);
        shoal.seed(torrent, content).get(SECONDS, TimeUnit.SECONDS);
        await(shoal, () -> announced(shoal).size() == 1);

        var fetched = Files.createDirectories(folder.resolve("fetched-by-libtorrent"));
        nodes.torrent(9, bareLink(torrent), fetched);

        await(
                shoal,
                () -> Files.exists(fetched.resolve("ours"))
                        && FileTree.of(fetched.resolve("ours")).equals(FileTree.of(content)));
    }

    @ParameterizedTest
    @EnumSource(
            value = OtherClient.class,
            names = {"TRANSMISSION", "ARIA2"})
    void otherClientsAreFoundAndFind(OtherClient kind) throws Exception {
        var name = kind.name().toLowerCase(java.util.Locale.ROOT);
        var shoal = shoals.get(1);
        try (var other = DrivenClient.inDht(
                kind,
                network,
                kind == OtherClient.ARIA2 ? "10.77.71.1" : "10.77.72.1",
                folder.resolve(name),
                DhtNodes.address(3))) {
            var theirs = Content.FOLDER.write(Files.createDirectories(folder.resolve(name + "-has")), "has-" + name);
            var torrent = torrent(theirs);
            other.get(torrent.toString(), theirs.getParent(), Optional.empty());
            var fetched = Files.createDirectories(folder.resolve("fetched-from-" + name));
            shoal.get(bareLink(torrent), fetched, Optional.empty()).get(SECONDS, TimeUnit.SECONDS);
            assertThat(FileTree.of(fetched.resolve("has-" + name))).isEqualTo(FileTree.of(theirs));
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = OtherClient.class,
            names = {"TRANSMISSION", "ARIA2"})
    void otherClientsFetchByLinkAloneWhatShoalHas(OtherClient kind) throws Exception {
        var name = kind.name().toLowerCase(java.util.Locale.ROOT);
        var shoal = shoals.get(2);
        var content = Content.FOLDER.write(Files.createDirectories(folder.resolve("for-" + name)), "for-" + name);
        var torrent = torrent(content);
        int before = announced(shoal).size();
        shoal.seed(torrent, content).get(SECONDS, TimeUnit.SECONDS);
        await(shoal, () -> announced(shoal).size() > before);
        try (var other = DrivenClient.inDht(
                kind,
                network,
                kind == OtherClient.ARIA2 ? "10.77.73.1" : "10.77.74.1",
                folder.resolve(name + "-fetching"),
                DhtNodes.address(4))) {
            var fetched = Files.createDirectories(folder.resolve("fetched-by-" + name));
            other.get(bareLink(torrent), fetched, Optional.empty()).get(SECONDS, TimeUnit.SECONDS);
            assertThat(FileTree.of(fetched.resolve("for-" + name))).isEqualTo(FileTree.of(content));
        }
    }

    /** BEP 5: a connection with a peer that is a node too does for a beginning. */
    @Test
    void whoKnowsNobodyGetsToKnowTheDhtByItsPeers() throws Exception {
        var content = Content.FOLDER.write(Files.createDirectories(folder.resolve("ported")), "ported");
        var torrent = torrent(content);
        nodes.torrent(7, torrent.toString(), content.getParent());
        try (var shoal = new ShoalClient(network, "10.77.65.1", folder.resolve("alone/home"))) {
            assertThat(known(shoal)).isZero();
            var fetched = Files.createDirectories(folder.resolve("fetched-of-one"));
            shoal.get(bareLink(torrent), fetched, Optional.of(DhtNodes.address(7)))
                    .get(SECONDS, TimeUnit.SECONDS);
            await(shoal, () -> known(shoal) >= ENOUGH);
        }
    }

    /** In a network of its own: with addresses of IPv6 and none of IPv4 but what is routed, Transmission would not listen to its driver. */
    @Test
    void announcesAreFoundBothWaysOverIpv6() throws IOException {
        int count = 12;
        try (var six = NetworkNamespace.create();
                var others = DhtNodes.overIpv6(six, count, folder.resolve("libtorrent6.log"));
                var shoal = new ShoalClient(
                        six.has("fd77:61::1"),
                        "[fd77:61::1]",
                        folder.resolve("six/home"),
                        "--set",
                        "net.shoal.discovery.dht:routers=" + DhtNodes.address6(0),
                        "--set",
                        "net.shoal.engine:maxActiveDownloads=0")) {
            await(shoal, () -> known(shoal, "IPv6") >= ENOUGH);
            for (int i = 0; i < count; i++) {
                others.announce(i, hash(1_000 + i));
                want(shoal, hash(1_000 + i));
            }
            await(shoal, () -> announced(shoal).size() == count);
            for (int i = 0; i < count; i++) {
                assertThat(others.find((i + 5) % count, hash(1_000 + i))).contains(shoal.address());
            }
            await(shoal, () -> finders(shoal).size() == count);
        }
    }

    /**
     * Where addresses are those of the internet, ids have to fit them (BEP 42), each /24 counts once, and strangers have to prove themselves. Nodes
     * of all three others are among ours, and none of them stops answering.
     */
    @Test
    void allKindsOfNodesOnTheInternetFindEachOtherAndGoOnAnsweringUs() throws Exception {
        int count = 20;
        try (var wide = NetworkNamespace.create();
                var others = DhtNodes.inTheInternet(wide, count, folder.resolve("libtorrent-wide.log"), List.of());
                var transmission = resident(OtherClient.TRANSMISSION, wide, "45.77.72.1");
                var aria2 = resident(OtherClient.ARIA2, wide, "45.77.71.1");
                var watch = new DhtWatch(wide, "45.77.61.1");
                var shoal = inTheInternet(wide, "45.77.61.1", 0);
                var second = inTheInternet(wide, "45.77.62.1", 1)) {
            await(shoal, () -> known(shoal) >= count - 4 && known(second) >= count - 4);
            for (int i = 0; i < HASHES; i++) {
                others.announce(i % count, hash(2_000 + i));
                want(shoal, hash(2_000 + i));
            }
            await(shoal, () -> announced(shoal).size() == HASHES);
            for (int i = 0; i < HASHES; i++) {
                assertThat(others.find((i + 7) % count, hash(2_000 + i))).contains(shoal.address());
            }
            await(shoal, () -> finders(shoal).size() == HASHES);
            assertThat(shoal.doctor()).contains("they see this node at 45.77.61.1");
            assertThat(others.blocked()).doesNotContain("45.77.6");

            var counts = watch.end();
            System.out.println("asked, answered and asked by: " + counts);
            counts.properties().iterator().forEachRemaining(each -> assertThat(
                            each.getValue().get(1).asInt())
                    .as("what %s answers of what it is asked: %s", each.getKey(), each.getValue())
                    .isGreaterThanOrEqualTo(each.getValue().get(0).asInt() * 9 / 10 - 2));
            for (var host : List.of(transmission.address(), aria2.address())) {
                assertThat(counts.path(host.replaceAll(":.*", "")).path(1).asInt())
                        .as("answers of " + host)
                        .isPositive();
            }
        }
    }

    /** One that takes part for as long as the test goes on, with something to share, without which aria2 does not. */
    private DrivenClient resident(OtherClient kind, NetworkNamespace network, String host) throws Exception {
        var name = "resident-" + kind.name().toLowerCase(java.util.Locale.ROOT);
        var content = Content.FOLDER.write(Files.createDirectories(folder.resolve(name + "-has")), name);
        var client = DrivenClient.inDht(kind, network, host, folder.resolve(name), DhtNodes.internetAddress(3));
        client.get(torrent(content).toString(), content.getParent(), Optional.empty())
                .get(SECONDS, TimeUnit.SECONDS);
        return client;
    }

    private ShoalClient inTheInternet(NetworkNamespace network, String host, int entry) throws IOException {
        return new ShoalClient(
                network,
                host,
                folder.resolve("wide" + entry + "/home"),
                "--net",
                "internet",
                "--set",
                "net.shoal.discovery.dht:routers=" + DhtNodes.internetAddress(entry),
                "--set",
                "net.shoal.engine:maxActiveDownloads=0");
    }

    private void want(ShoalClient shoal, String hash) throws IOException {
        shoal.control()
                .begin(
                        "get",
                        "magnet:?xt=urn:btih:" + hash,
                        "--to",
                        folder.resolve("none").toString());
    }

    /** What our node signs and leaves, libtorrent finds and believes (BEP 44). */
    @Test
    void itemsOfShoalAreFoundByLibtorrent() throws Exception {
        var said = alone("10.77.81.1", "leave", "hello from here");
        assertThat(said).matches("[0-9a-f]{64} [1-9][0-9]*");

        assertThat(nodes.item(11, said.substring(0, 64))).contains("hello from here");
    }

    /** And the other way round. */
    @Test
    void itemsOfLibtorrentAreFoundAndBelievedByShoal() throws Exception {
        var pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        var key = HexFormat.of().formatHex(publicKey(pair));

        assertThat(nodes.put(4, expanded(pair), key, "hello from there")).isPositive();

        assertThat(alone("10.77.82.1", "find", key)).isEqualTo("hello from there");
    }

    /** A private key as libtorrent has it: what RFC 8032 makes of the one that Java keeps. */
    private static String expanded(KeyPair pair) throws Exception {
        var encoded = pair.getPrivate().getEncoded();
        var seed = Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length);
        var bytes = MessageDigest.getInstance("SHA-512").digest(seed);
        bytes[0] &= (byte) 248;
        bytes[31] = (byte) ((bytes[31] & 63) | 64);
        return HexFormat.of().formatHex(bytes);
    }

    /** What our node says that is not of a distribution. */
    private String alone(String host, String what, String of) throws Exception {
        var node = Running.start(new ProcessBuilder(network.inside(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        classPath(LoneDhtNode.class, DhtNode.class, MutableItem.class, BString.class, Sha1Hash.class),
                        LoneDhtNode.class.getName(),
                        host,
                        DhtNodes.host(2),
                        "6881",
                        what,
                        of)))
                .redirectErrorStream(true));
        return new String(node.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    }

    private static String classPath(Class<?>... of) throws Exception {
        var places = new ArrayList<String>();
        for (var each : of) {
            places.add(Path.of(each.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString());
        }
        return String.join(java.io.File.pathSeparator, places);
    }

    /** Signed here, left with the nodes of libtorrent, resolved by Shoal (BEP 44, 46). */
    @Test
    void aLinkThatNamesWhoPublishesLeadsToTheTorrent() throws Exception {
        var content = Content.FOLDER.write(Files.createDirectories(folder.resolve("published")), "published");
        var torrent = torrent(content);
        nodes.torrent(6, torrent.toString(), content.getParent());
        var pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        var key = publicKey(pair);
        var infoHash = HexFormat.of().parseHex(bareLink(torrent).replaceAll(".*:", ""));
        var value = concat("d2:ih20:".getBytes(StandardCharsets.US_ASCII), infoHash, new byte[] {'e'});
        var signer = Signature.getInstance("Ed25519");
        signer.initSign(pair.getPrivate());
        signer.update(concat("3:seqi1e1:v".getBytes(StandardCharsets.US_ASCII), value));
        var put = concat(
                "1:k32:".getBytes(StandardCharsets.US_ASCII),
                key,
                "3:seqi1e3:sig64:".getBytes(StandardCharsets.US_ASCII),
                signer.sign(),
                "1:v".getBytes(StandardCharsets.US_ASCII),
                value);
        var target = MessageDigest.getInstance("SHA-1").digest(key);
        assertThat(nodes.leave(HexFormat.of().formatHex(target), HexFormat.of().formatHex(put)))
                .isEqualTo(NODES);

        var fetched = Files.createDirectories(folder.resolve("fetched-by-key"));
        shoals.get(1)
                .get("magnet:?xs=urn:btpk:" + HexFormat.of().formatHex(key), fetched, Optional.empty())
                .get(SECONDS, TimeUnit.SECONDS);

        assertThat(FileTree.of(fetched.resolve("published"))).isEqualTo(FileTree.of(content));
        await(
                shoals.get(1),
                () -> saying(shoals.get(1), "still what is published there").size() == 1);
    }

    private static byte[] concat(byte[]... parts) {
        var out = new ByteArrayOutputStream();
        for (var part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    /** The last 32 bytes of how Java encodes it (RFC 8410). */
    private static byte[] publicKey(KeyPair pair) {
        var encoded = pair.getPublic().getEncoded();
        return Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length);
    }

    private static Path torrent(Path content) throws IOException {
        var file = content.resolveSibling(content.getFileName() + ".torrent");
        return Torrents.madeByShoal(content, file, Content.FOLDER.pieceBytes(), Format.V1);
    }

    private static String bareLink(Path torrent) throws IOException {
        var link = Torrents.magnet(torrent);
        int end = link.indexOf('&');
        return end < 0 ? link : link.substring(0, end);
    }
}
