package net.shoal.engine.sim;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import net.shoal.api.transfer.Visibility;
import net.shoal.base.metainfo.Info;
import net.shoal.base.metainfo.Metainfo;
import net.shoal.base.model.Bitfield;
import net.shoal.base.model.PeerAddress;
import net.shoal.base.model.PeerId;
import net.shoal.base.model.Sha1Hash;
import net.shoal.base.wire.Handshake;
import net.shoal.engine.limits.NodeLimits;
import net.shoal.engine.source.SameFiles;
import net.shoal.engine.source.Siblings;
import net.shoal.engine.swarm.Extensions;
import net.shoal.engine.swarm.OurDht;
import net.shoal.engine.swarm.PeerLink;
import net.shoal.engine.swarm.Swarm;
import net.shoal.engine.swarm.SwarmContext;
import net.shoal.engine.swarm.SwarmOwner;

/** A node of the simulation: a real {@link Swarm} in a simulated world. */
final class SimNode implements SimHost, SwarmOwner {
    private final String name;
    private final Timeline time;
    private final SimLine line;
    private final PeerAddress address;
    private final TestContent content;
    private final MemoryStore store;
    private final SimDisk disk;
    private final HeapBuffers buffers;
    private final OurDht dht = new OurDht();
    private final Swarm swarm;
    private final List<Integer> verified = new ArrayList<>();
    private Bitfield have;
    private Duration completedAt;
    private Duration metadataAt;
    private IOException diskFailure;
    private Integer contradiction;
    private Siblings siblings;
    private boolean intact;
    private boolean closed;
    private boolean retries;

    SimNode(
            String name,
            Timeline time,
            SimNetwork network,
            SimLine line,
            TestContent content,
            MemoryStore store,
            Extensions extensions,
            NodeLimits limits,
            SplittableRandom random) {
        this.name = name;
        this.time = time;
        this.line = line;
        this.content = content;
        this.store = store;
        this.address = network.nextAddress();
        var id = new PeerId(new Sha1Hash(random.nextLong(), random.nextLong(), random.nextInt()));
        this.disk = new SimDisk(time, network.faults());
        this.buffers = new HeapBuffers(network.faults());
        var context = new SwarmContext(
                time,
                () -> Instant.EPOCH.plus(time.elapsed()),
                random,
                disk,
                buffers,
                network.dialerOf(this),
                id,
                extensions,
                dht,
                () -> 6881,
                limits);
        swarm = new Swarm(context, content.metainfo().info().hashes(), this);
    }

    /** @param known of the content; null for a magnet link */
    void start(Metainfo known, Bitfield verifiedPieces) {
        have = verifiedPieces;
        if (known != null) {
            swarm.setContent(known, store, verifiedPieces);
        }
        swarm.start();
    }

    @Override
    public void onMetadata(Info info) {
        metadataAt = time.elapsed();
        time.execute(() -> swarm.setContent(Metainfo.of(info), store, have));
    }

    OurDht dht() {
        return dht;
    }

    /** After a failure of the disk it tries again. */
    SimNode retrying() {
        retries = true;
        return this;
    }

    /** It is one of several transfers of a node, the earlier the less {@code age} is. */
    SimNode sibling(SameFiles files, Visibility visibility, int age) {
        siblings = new Siblings(files, time);
        siblings.introduce(content.metainfo().info(), visibility, Instant.EPOCH.plusSeconds(age));
        siblings.open(swarm);
        tick();
        return this;
    }

    private void tick() {
        time.after(Duration.ofSeconds(1), () -> {
            if (!closed) {
                siblings.fetching(!swarm.report().isFinished());
                siblings.tick();
                tick();
            }
        });
    }

    /** What it says of its siblings. */
    List<String> fromSiblings() {
        return siblings.status().stream().map(status -> status.message()).toList();
    }

    @Override
    public void onVerified(int piece) {
        if (siblings != null) {
            siblings.verified(piece);
        }
        verified.add(piece);
        time.note(piece, address.hashCode(), 0);
    }

    @Override
    public void onCompleted() {
        completedAt = time.elapsed();
        intact = content.isIn(store);
    }

    @Override
    public void onContradiction(int piece) {
        contradiction = piece;
    }

    /** The piece of which it was told that it can never be good. */
    Integer contradiction() {
        return contradiction;
    }

    @Override
    public void onDiskFailure(IOException cause) {
        diskFailure = cause;
        // as a transfer does
        time.after(Duration.ofSeconds(5), () -> {
            if (!closed && retries) {
                swarm.resume();
            }
        });
    }

    void close() {
        if (siblings != null) {
            siblings.close();
        }
        swarm.close("stopped", () -> closed = true);
    }

    boolean isClosed() {
        return closed;
    }

    Swarm swarm() {
        return swarm;
    }

    SimDisk disk() {
        return disk;
    }

    MemoryStore store() {
        return store;
    }

    HeapBuffers buffers() {
        return buffers;
    }

    /** In the order they were verified in. */
    List<Integer> verified() {
        return verified;
    }

    /** It has everything, byte for byte. */
    boolean isComplete() {
        return intact;
    }

    Duration completedAt() {
        return completedAt;
    }

    Duration metadataAt() {
        return metadataAt;
    }

    IOException diskFailure() {
        return diskFailure;
    }

    @Override
    public PeerAddress address() {
        return address;
    }

    @Override
    public SimLine line() {
        return line;
    }

    @Override
    public boolean wants(PeerAddress from, Handshake theirs) {
        return swarm.wants(from, theirs);
    }

    @Override
    public Handshake answer(Handshake theirs) {
        return swarm.answer(theirs);
    }

    @Override
    public void accept(PeerLink link, Handshake theirs) {
        swarm.admit(link, theirs);
    }

    @Override
    public String toString() {
        return name + " (" + verified.size() + " of " + content.layout().pieceCount() + " verified"
                + (completedAt == null ? "" : ", complete at " + completedAt) + ")";
    }
}
