package net.shoal.discovery.dht;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.channel.DefaultEventLoop;
import io.netty.channel.EventLoop;
import io.netty.channel.IoEventLoopGroup;
import java.lang.annotation.Annotation;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import net.shoal.api.dht.KrpcException;
import net.shoal.api.dht.Overlay;
import net.shoal.api.net.Network;
import net.shoal.api.net.NetworkScope;
import net.shoal.api.node.Home;
import net.shoal.api.transfer.DiscoverySession;
import net.shoal.api.transfer.Visibility;
import net.shoal.api.transfer.Wanted;
import net.shoal.base.bencode.BDict;
import net.shoal.base.bencode.BString;
import net.shoal.base.model.InfoHash;
import net.shoal.base.model.InfoHashes;
import net.shoal.base.model.PeerAddress;
import net.shoal.base.model.PeerId;
import net.shoal.base.model.Sha1Hash;
import net.shoal.discovery.dht.krpc.Endpoint;
import net.shoal.discovery.dht.store.TestSigner;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two whole nodes that know of each other, with everything but sockets. */
class DhtDiscoveryTest {
    private static final int PORT = 7_001;
    private static final long SECONDS = 60;
    private static final InfoHashes HASHES = InfoHashes.of(new InfoHash.V1(Sha1Hash.ofHex("a".repeat(40))));

    @TempDir
    private Path folder;

    private final EventLoop loop = new DefaultEventLoop();
    private final FakeDatagrams.Wire wire = new FakeDatagrams.Wire();
    private final List<DhtDiscovery> all = new ArrayList<>();
    private DhtDiscovery one;
    private DhtDiscovery two;

    private record FakeNetwork() implements Network {
        @Override
        public NetworkScope scope() {
            return NetworkScope.LOOPBACK;
        }

        @Override
        public IoEventLoopGroup eventLoops() {
            throw new UnsupportedOperationException();
        }

        @Override
        public CompletionStage<List<InetAddress>> resolve(String host) {
            return CompletableFuture.completedFuture(List.of(InetAddress.getLoopbackAddress()));
        }

        @Override
        public Optional<InetAddress> dialFrom(InetAddress remote) {
            return Optional.empty();
        }
    }

    private record FakeHome(Path root) implements Home {
        @Override
        public Path state(String name) {
            return root.resolve(name);
        }

        @Override
        public boolean isTemporary() {
            return false;
        }
    }

    @SuppressWarnings("ImmutableAnnotationChecker")
    private record FakeConfig(boolean enabled, List<String> entries) implements DhtDiscovery.Config {
        @Override
        public String[] routers() {
            return entries.toArray(String[]::new);
        }

        @Override
        public int queries() {
            return 40;
        }

        @Override
        public int answerBytes() {
            return 20_000;
        }

        @Override
        public boolean readOnly() {
            return false;
        }

        @Override
        public Class<? extends Annotation> annotationType() {
            return DhtDiscovery.Config.class;
        }
    }

    private DhtDiscovery start(int port, boolean enabled, String... routers) {
        var dht = new DhtDiscovery(
                new FakeNetwork(),
                new FakeDatagrams(wire, loop, port),
                new FakeHome(folder.resolve("home" + port)),
                new FakeConfig(enabled, List.of(routers)));
        dht.open();
        all.add(dht);
        return dht;
    }

    @BeforeEach
    void open() {
        one = start(PORT, true);
        two = start(PORT + 1, true, "localhost:" + PORT);
    }

    @AfterEach
    void close() {
        all.forEach(DhtDiscovery::close);
        loop.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
    }

    private static Wanted wanted(boolean isPrivate, int port) {
        var peerId = new PeerId(Sha1Hash.ofHex("b".repeat(40)));
        return new Wanted(HASHES, List.of(), isPrivate, true, Visibility.LINK, peerId, port);
    }

    private static DiscoverySession session(
            DhtDiscovery dht, boolean isPrivate, int port, BlockingQueue<PeerAddress> to) {
        var session = dht.discover(wanted(isPrivate, port), to::addAll);
        session.update(new DiscoverySession.Progress(0, 0, 1, 1, false, 10));
        return session;
    }

    private void awaitAcquaintance() throws Exception {
        for (long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS); System.nanoTime() < end; ) {
            long knowing = 0;
            for (var dht : all) {
                knowing += dht.health().get(SECONDS, TimeUnit.SECONDS).node().networks().stream()
                        .filter(network -> network.usable() > 0)
                        .count();
            }
            if (knowing >= 2) {
                return;
            }
            Thread.onSpinWait();
        }
        throw new AssertionError("they do not know each other");
    }

    @Test
    void whatOneAnnouncesTheOtherFinds() throws Exception {
        awaitAcquaintance();
        session(one, false, 5_001, new LinkedBlockingQueue<>());
        awaitAnnounced(one);
        var found = new LinkedBlockingQueue<PeerAddress>();
        session(two, false, 5_002, found);

        assertThat(found.poll(SECONDS, TimeUnit.SECONDS))
                .isEqualTo(PeerAddress.ip(InetAddress.getLoopbackAddress(), 5_001));
    }

    private static void awaitAnnounced(DhtDiscovery dht) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        while (dht.health().get(SECONDS, TimeUnit.SECONDS).announced() == 0) {
            assertThat(System.nanoTime()).as("announced in time").isLessThan(end);
        }
    }

    @Test
    void ofPrivateTorrentsAndWhereItIsOffNobodyHears() throws Exception {
        awaitAcquaintance();
        var off = start(PORT + 2, false, "localhost:" + PORT);
        session(one, true, 5_001, new LinkedBlockingQueue<>());
        session(off, false, 5_002, new LinkedBlockingQueue<>());

        assertThat(one.health().get(SECONDS, TimeUnit.SECONDS).swarms()).isZero();
        assertThat(off.health().get(SECONDS, TimeUnit.SECONDS).enabled()).isFalse();
        assertThat(off.health().get(SECONDS, TimeUnit.SECONDS).node().received())
                .isZero();
    }

    @Test
    void itemsThatOneLeavesTheOtherGets() throws Exception {
        awaitAcquaintance();
        var ours = new DhtItemsComponent(one);
        var theirs = new DhtItemsComponent(two);
        var signer = TestSigner.random();
        var item = signer.item(7, "x".repeat(900), "salt");

        var stored =
                ours.publish(item, OptionalLong.empty()).toCompletableFuture().get(SECONDS, TimeUnit.SECONDS);
        assertThat(stored.nodes()).isEqualTo(1);
        assertThat(stored.target()).isEqualTo(item.key().target());
        assertThat(ours.newest(item.key()).toCompletableFuture().get(SECONDS, TimeUnit.SECONDS))
                .contains(item);
        assertThat(theirs.newest(item.key()).toCompletableFuture().get(SECONDS, TimeUnit.SECONDS))
                .as("what it keeps itself")
                .contains(item);
        var value = BString.of("hello");
        var put = theirs.put(value).toCompletableFuture().get(SECONDS, TimeUnit.SECONDS);
        assertThat(theirs.get(put.target()).toCompletableFuture().get(SECONDS, TimeUnit.SECONDS))
                .contains(value);
    }

    @Test
    void otherProtocolsShareTheSocket() throws Exception {
        var server = new KrpcComponent(one);
        var client = new KrpcComponent(two);
        var echo = server.register("sh_echo", query -> BDict.builder()
                .put("said", query.arguments().string("say").orElseThrow())
                .build());
        var question = BDict.builder().put("say", "hello").build();
        var node = Endpoint.of(InetAddress.getLoopbackAddress(), PORT).inet();

        var answer = client.ask(node, "sh_echo", question).toCompletableFuture().get(SECONDS, TimeUnit.SECONDS);
        assertThat(answer.text("said")).contains("hello");
        assertThat(answer.string("id").orElseThrow().length()).isEqualTo(20);
        assertThatThrownBy(() -> server.register("sh_echo", query -> BDict.EMPTY))
                .hasMessageContaining("already");
        assertThatThrownBy(() -> server.register("get_peers", query -> BDict.EMPTY))
                .hasMessageContaining("begin with sh_");
        echo.close();
        assertThatThrownBy(() -> client.ask(node, "sh_echo", question)
                        .toCompletableFuture()
                        .get(SECONDS, TimeUnit.SECONDS))
                .hasRootCauseInstanceOf(KrpcException.class)
                .hasMessageContaining("unknown query");
    }

    @Test
    void aNetworkOfItsOwnSharesTheSocketToo() throws Exception {
        var kept = new java.util.concurrent.ConcurrentHashMap<Sha1Hash, BString>();
        var server = new KrpcComponent(one).join("sh_", Map.of("sh_put", query -> {
            if (!query.isProven()) {
                throw new KrpcException(203, "who are you");
            }
            var target = query.arguments().string("target").orElseThrow();
            kept.put(
                    Sha1Hash.read(target.buffer()),
                    query.arguments().string("v").orElseThrow());
            return BDict.EMPTY;
        }));
        var krpc = new KrpcComponent(two);
        var client = krpc.join("sh_", Map.of());
        client.meet(List.of(Endpoint.of(InetAddress.getLoopbackAddress(), PORT).inet()));
        var key = Sha1Hash.ofHex("c".repeat(40));
        awaitKnown(client);
        var keepers = client.walk(key, "sh_find", BDict.EMPTY, (node, values) -> {})
                .toCompletableFuture()
                .get(SECONDS, TimeUnit.SECONDS);
        assertThat(keepers).hasSize(1);
        var put = BDict.builder()
                .put("target", BString.of(key.toBytes()))
                .put("token", keepers.get(0).token().orElseThrow())
                .put("v", "hello")
                .build();
        krpc.ask(keepers.get(0).address(), "sh_put", put).toCompletableFuture().get(SECONDS, TimeUnit.SECONDS);

        assertThat(kept).containsOnlyKeys(key);
        assertThatThrownBy(() -> krpc.join("sh_", Map.of())).hasMessageContaining("already");
        assertThatThrownBy(() -> krpc.join("xy_", Map.of())).hasMessageContaining("begin with sh_");
        assertThatThrownBy(() -> client.walk(key, "other", BDict.EMPTY, (node, values) -> {}))
                .hasMessageContaining("begin with its name");
        server.close();
        client.close();
        assertThatThrownBy(() -> client.nodes().toCompletableFuture().get(SECONDS, TimeUnit.SECONDS))
                .hasMessageContaining("was left");
    }

    private static void awaitKnown(Overlay overlay) throws Exception {
        for (long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS); System.nanoTime() < end; ) {
            if (!overlay.nodes()
                    .toCompletableFuture()
                    .get(SECONDS, TimeUnit.SECONDS)
                    .isEmpty()) {
                return;
            }
        }
        throw new AssertionError("the node of the network is not found");
    }

    @Test
    void whoItKnewIsKeptInItsHome() throws Exception {
        awaitAcquaintance();
        var id = two.health()
                .get(SECONDS, TimeUnit.SECONDS)
                .node()
                .networks()
                .get(0)
                .id();
        two.close();
        all.remove(two);

        var again = start(PORT + 1, true);
        assertThat(again.health()
                        .get(SECONDS, TimeUnit.SECONDS)
                        .node()
                        .networks()
                        .get(0)
                        .id())
                .isEqualTo(id);
        awaitAcquaintance();
    }
}
