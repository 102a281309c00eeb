package net.shoal.engine.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import net.shoal.api.transfer.WireExtension;
import net.shoal.base.metainfo.CreateOptions.Format;
import net.shoal.base.metainfo.Metainfo;
import net.shoal.base.model.Bitfield;
import net.shoal.base.model.Sha1Hash;
import net.shoal.base.wire.Handshake;
import net.shoal.engine.limits.NodeLimits;
import net.shoal.engine.limits.SwarmLimits;
import net.shoal.engine.swarm.Extensions;
import net.shoal.extension.pex.PexExtension;

/**
 * A swarm under test. Say what there is, run, and look:
 *
 * <pre>{@code
 * var sim = swarm(7).content(Format.V1, 64 * KIB, 4 * MIB).seeds(1).leechers(4);
 * sim.untilComplete(Duration.ofMinutes(2));
 * }</pre>
 *
 * Hosts that are added find those that are there already. What fails names the seed, which repeats the run.
 */
final class Simulation {
    static final int KIB = 1024;
    static final int MIB = 1024 * 1024;

    private final long seed;
    private final SplittableRandom random;
    private final Timeline time = new Timeline();
    private final SimNetwork network = new SimNetwork(time);
    private final List<SimNode> nodes = new ArrayList<>();
    private final List<SimNode> seeds = new ArrayList<>();
    private final List<SimNode> leechers = new ArrayList<>();
    private Extensions extensions = new Extensions();
    private boolean strangers;
    private boolean sharedContent;
    private boolean isPrivate;
    private TestContent content;
    private long upRate = MIB;
    private long downRate = 4 * MIB;
    private Duration latency = Duration.ofMillis(20);
    private SwarmLimits limits = SwarmLimits.DEFAULTS;
    private NodeLimits shared;

    private Simulation(long seed) {
        this.seed = seed;
        this.random = new SplittableRandom(seed);
    }

    static Simulation swarm(long seed) {
        return new Simulation(seed);
    }

    Simulation content(Format format, int pieceLength, int... lengths) {
        content = TestContent.of(format, pieceLength, seed, isPrivate, lengths);
        network.carries(content);
        return this;
    }

    Simulation content(TestContent made) {
        content = made;
        network.carries(content);
        return this;
    }

    /** The content there is has a torrent that contradicts itself in this piece. */
    Simulation contradicting(int piece) {
        content = content.withWrongV1Hash(piece);
        network.carries(content);
        return this;
    }

    /** Of content to come: BEP 27. */
    Simulation ofPrivateTorrents() {
        isPrivate = true;
        return this;
    }

    /** Hosts to come do not find those that are there. */
    Simulation strangers() {
        strangers = true;
        return this;
    }

    /** Leechers to come need no memory for what they fetch. */
    Simulation sharedContent() {
        sharedContent = true;
        return this;
    }

    /** Of hosts to come: bytes a second. */
    Simulation rates(long up, long down) {
        upRate = up;
        downRate = down;
        return this;
    }

    /** Of hosts to come: half of a round trip between two of them. */
    Simulation latency(Duration oneWay) {
        latency = oneWay;
        return this;
    }

    /** Of nodes to come: bytes of memory for content. */
    Simulation memory(long write, long read) {
        limits = new SwarmLimits(200, 16, limits.uploadSlots(), write, read);
        return this;
    }

    /** Of nodes to come: upload slots beside the optimistic one. */
    Simulation slots(int slots) {
        limits = new SwarmLimits(limits.maxPeers(), 16, slots, limits.writeCacheBytes(), limits.readCacheBytes());
        return this;
    }

    /** Of nodes to come. */
    Simulation maxPeers(int peers) {
        limits = new SwarmLimits(peers, 16, limits.uploadSlots(), limits.writeCacheBytes(), limits.readCacheBytes());
        return this;
    }

    NodeLimits newLimits() {
        return new NodeLimits(limits);
    }

    /** Nodes to come are transfers of one, with these limits; of one each if null. */
    Simulation sharing(NodeLimits node) {
        shared = node;
        return this;
    }

    Simulation extension(WireExtension extension) {
        extensions.add(extension);
        return this;
    }

    /** Peers of nodes to come tell each other of others, by the clock of this world. */
    Simulation pex() {
        return extension(new PexExtension(time::nanoTime));
    }

    /** Nodes to come have other extensions than those that are there: none at first. */
    Simulation otherExtensions() {
        extensions = new Extensions();
        return this;
    }

    Extensions extensions() {
        return extensions;
    }

    Simulation seeds(int count) {
        IntStream.range(0, count).forEach(i -> seed());
        return this;
    }

    Simulation leechers(int count) {
        IntStream.range(0, count).forEach(i -> leecher());
        return this;
    }

    SimNode seed() {
        var all = new Bitfield(content.layout().pieceCount());
        all.setAll();
        var store = sharedContent ? content.sharedStore() : content.store();
        var node = node("seed " + seeds.size(), content.metainfo(), all, store);
        seeds.add(node);
        return node;
    }

    SimNode leecher() {
        return leecher(content.metainfo());
    }

    /** Knows the infohash alone. */
    SimNode magnetLeecher() {
        return leecher(null);
    }

    /** Knows the info dictionary, and of v2 no hash but the roots of its files. */
    SimNode hashlessLeecher() {
        return leecher(Metainfo.of(content.metainfo().info()));
    }

    private SimNode leecher(Metainfo known) {
        var none = new Bitfield(content.layout().pieceCount());
        var store = sharedContent ? content.sharedStore() : MemoryStore.empty(content.layout());
        var node = node("leecher " + leechers.size(), known, none, store);
        leechers.add(node);
        return node;
    }

    /** Has these pieces already. */
    SimNode leecherWith(Bitfield pieces) {
        var store = MemoryStore.empty(content.layout());
        for (int piece = pieces.nextSet(0); piece >= 0; piece = pieces.nextSet(piece + 1)) {
            store.write(piece, 0, content.block(piece, 0, content.layout().lengthOf(piece)));
        }
        var node = node("leecher " + leechers.size(), content.metainfo(), pieces, store);
        leechers.add(node);
        return node;
    }

    private SimNode node(String name, Metainfo known, Bitfield have, MemoryStore store) {
        var itsLimits = shared == null ? newLimits() : shared;
        var node = new SimNode(name, time, network, line(), content, store, extensions, itsLimits, random.split());
        var others = network.addresses();
        network.add(node);
        nodes.add(node);
        node.start(known, have.copy());
        if (!strangers) {
            node.swarm().found(others);
        }
        return node;
    }

    /** Of a host that is made by hand. */
    SimLine line() {
        // no two hosts are equally far away
        return new SimLine(time, upRate, downRate, latency.dividedBy(2).plusNanos(random.nextInt(1_000_000)));
    }

    /** A peer played by hand; it is not dialled until it is told of, and dials nobody by itself. */
    FakePeer fakePeer() {
        return fakePeer(Handshake.FAST | Handshake.EXTENSION_PROTOCOL);
    }

    FakePeer fakePeer(long reserved) {
        return fakePeer(reserved, content.metainfo().info().hashes().wireForms().get(0));
    }

    /** Knows the torrent by this infohash alone. */
    FakePeer fakePeer(long reserved, Sha1Hash infoHash) {
        var peer = new FakePeer(network, line(), content, reserved, infoHash);
        network.add(peer);
        return peer;
    }

    /** From one moment to the next; nobody is told. */
    void remove(SimNode node) {
        network.remove(node);
        nodes.remove(node);
        leechers.remove(node);
        seeds.remove(node);
        node.close();
    }

    SimNode leecher(int index) {
        return leechers.get(index);
    }

    SimNode seed(int index) {
        return seeds.get(index);
    }

    /** As they were added. */
    List<SimNode> nodes() {
        return nodes;
    }

    List<SimNode> leechers() {
        return leechers;
    }

    TestContent content() {
        return content;
    }

    SimNetwork network() {
        return network;
    }

    Timeline time() {
        return time;
    }

    /** Every leecher has everything, byte for byte. */
    Simulation untilComplete(Duration limit) {
        return until(() -> leechers.stream().allMatch(SimNode::isComplete), limit);
    }

    Simulation until(BooleanSupplier condition, Duration limit) {
        boolean reached = time.runUntil(condition, limit);
        assertThat(reached).as("within " + limit + " of virtual time; " + this).isTrue();
        return this;
    }

    Simulation runFor(Duration span) {
        time.runFor(span);
        return this;
    }

    /** Stops every node and checks that nothing is left behind. */
    void close() {
        var all = List.copyOf(nodes);
        all.forEach(SimNode::close);
        time.runFor(Duration.ofSeconds(5));
        for (var node : all) {
            assertThat(node.isClosed()).as("closed: " + node).isTrue();
            assertThat(node.buffers().inUse())
                    .as("memory of " + node + "; " + this)
                    .isZero();
        }
    }

    @Override
    public String toString() {
        return "seed " + seed + " at " + time.elapsed() + ": " + nodes;
    }
}
