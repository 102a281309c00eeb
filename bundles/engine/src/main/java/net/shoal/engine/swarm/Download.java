package net.shoal.engine.swarm;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import net.shoal.base.model.Block;
import net.shoal.base.model.Sha256Hash;
import net.shoal.engine.picker.PickerPeer;
import net.shoal.engine.picker.PiecePicker;
import org.jspecify.annotations.Nullable;

/**
 * The pieces of a swarm on their way from peers to disk: blocks land in assemblies, a whole one is hashed and written by the disk's
 * threads, and is verified when it comes back.
 */
final class Download {
    /** How long a block may be in memory alone: a node that is killed loses it. */
    private static final long WAIT = 250_000_000L;

    /** What was so within this time is so, nanoseconds: memory that is full comes and goes with each piece that is written. */
    private static final long BEHIND = 3_000_000_000L;

    private final Content content;
    private final PiecePicker<PeerConnection> picker;
    private final WriteCache cache;
    private final Events events;
    private final Suspects suspects = new Suspects();
    private final @Nullable BlockChecks checks;
    private boolean alarmed;
    private boolean halted;
    private boolean hopeless;
    private boolean ending;
    private boolean wasBehind;
    private long behindAt;
    private long wasted;

    /** Who hears of pieces. */
    interface Events {
        void onVerified(int piece);

        /** More of what is not verified yet is on disk. */
        void onSpilled();

        /** They have sent something bad, each of them. */
        void onGuilty(Set<PeerConnection> guilty);

        /** The piece can never be good: the hashes of the torrent contradict each other. Nothing more is asked for. */
        void onContradiction(int piece);

        /** There is room for more requests again. */
        void onRoom();

        void onDiskFailure(IOException cause);

        /** After a failure something could be written again. */
        void onDiskRecovered();
    }

    Download(Content content, WriteCache cache, Events events) {
        this.content = content;
        this.picker = content.picker();
        this.cache = cache;
        this.events = events;
        this.checks = content.trees()
                .map(trees -> new BlockChecks(content, trees, cache, this::onBadBlock))
                .orElse(null);
    }

    /** False while peers are not to be asked for more. */
    boolean mayRequest() {
        boolean hasRoom = cache.hasRoom();
        if (!hasRoom) {
            wasBehind = true;
            behindAt = content.loop().nanoTime();
        }
        return !halted && !hopeless && hasRoom;
    }

    /** Peers could send more than is written: just now somebody was not asked for more because of that. */
    boolean isBehind() {
        return wasBehind && content.loop().nanoTime() - behindAt < BEHIND;
    }

    /** Bytes in memory that are not on disk yet. */
    long waiting() {
        return cache.held();
    }

    /** Peers are not even to send what they were asked for: memory is short, and the disk behind. */
    boolean isFlooded() {
        return cache.isFlooded();
    }

    /** No memory is used, and nothing waits for the disk. */
    boolean isIdle() {
        return cache.isEmpty() && !halted;
    }

    /** After a failure of the disk nothing is asked for until something can be written again. */
    void halt() {
        halted = true;
    }

    /** The disk may work again: tries to write what waits in memory. */
    void retry() {
        if (halted) {
            cache.all().stream()
                    .filter(assembly -> !assembly.isBusy() && hasWork(assembly))
                    .findFirst()
                    .ifPresentOrElse(this::write, this::recovered);
        }
    }

    private static boolean hasWork(PieceAssembly assembly) {
        return assembly.isComplete() || !assembly.inMemory().isEmpty();
    }

    private void write(PieceAssembly assembly) {
        if (assembly.isComplete()) {
            complete(assembly);
        } else {
            spill(assembly);
        }
    }

    private void recovered() {
        if (halted) {
            halted = false;
            writeAll();
            events.onDiskRecovered();
            events.onRoom();
        }
    }

    private void writeAll() {
        for (var assembly : new ArrayList<>(cache.all())) {
            if (!assembly.isBusy() && hasWork(assembly)) {
                write(assembly);
            }
        }
    }

    /** Blocks that an earlier run has left on disk, unverified. */
    void restore(int piece, BitSet blocks) {
        if (!picker.have().get(piece)) {
            var assembly = open(piece);
            assembly.restored(blocks);
            if (picker.restore(piece, blocks)) {
                complete(assembly);
            }
        }
    }

    /** Blocks on disk of pieces that are not verified. */
    Map<Integer, BitSet> onDisk() {
        var all = new HashMap<Integer, BitSet>();
        for (var assembly : cache.all()) {
            if (!assembly.onDisk().isEmpty()) {
                all.put(assembly.piece, (BitSet) assembly.onDisk().clone());
            }
        }
        return all;
    }

    long wasted() {
        return wasted;
    }

    void waste(int bytes) {
        wasted += bytes;
    }

    /** How many blocks this peer may be asked for at a time. */
    int depth(PeerConnection peer) {
        return checks == null ? Integer.MAX_VALUE : checks.depth(peer);
    }

    /** It was asked for a block of this piece. */
    void asked(PeerConnection peer, int piece) {
        if (checks != null) {
            checks.asked(peer, piece);
        }
    }

    /** It was asked for all that it is to be asked for now. */
    void haveAsked() {
        if (checks != null) {
            checks.askForLeaves();
        }
    }

    /** Of those that were wanted. */
    void hashesCame() {
        if (checks != null) {
            checks.look();
            if (alarmed) {
                events.onRoom();
            }
        }
    }

    /** Where blocks can be received into directly, or null if someone else is at one of them, or they do not lie together. */
    @Nullable
    ByteBuffer claim(int piece, int first, int count, int length) {
        var assembly = open(piece);
        if (assembly.isAnyBeingWritten(first, count) || !PieceAssembly.lieTogether(first, count)) {
            return null;
        }
        // memory first: there may be none, and then nobody is at it
        var memory = assembly.blocks(first, length, cache);
        assembly.beginWriting(first, count);
        return memory;
    }

    /** The one who claimed them does not finish them. */
    void unclaim(int piece, int first, int count) {
        var assembly = cache.find(piece);
        if (assembly != null) {
            for (int block = first; block < first + count; block++) {
                assembly.endWriting(block);
            }
        }
    }

    boolean isClaimed(int piece, int block) {
        var assembly = cache.find(piece);
        return assembly != null && assembly.isBeingWritten(block);
    }

    /** A block has arrived where {@link #claim} said. */
    void arrived(PeerConnection from, int piece, int block) {
        var assembly = open(piece);
        assembly.endWriting(block);
        accept(from, assembly, block);
    }

    /** A block has arrived elsewhere. */
    void arrived(PeerConnection from, int piece, int block, ByteBuffer data) {
        var assembly = open(piece);
        assembly.blocks(block, data.remaining(), cache).put(data);
        accept(from, assembly, block);
    }

    private void accept(PeerConnection from, PieceAssembly assembly, int block) {
        assembly.arrived(block, content.loop().nanoTime());
        switch (picker.received(from.picks(), assembly.piece, block, Download::cancel)) {
            case ACCEPTED -> {
                if (checks != null) {
                    checks.arrived(assembly.piece);
                }
                if (!cache.hasRoom() && (block + 1) % PieceAssembly.BLOCKS_PER_SPAN == 0) {
                    spill();
                }
            }
            case COMPLETED -> complete(assembly);
            case UNWANTED -> waste(Block.SIZE);
        }
    }

    private static void cancel(PickerPeer<PeerConnection> peer, int piece, int block) {
        peer.owner().cancel(piece, block);
    }

    private PieceAssembly open(int piece) {
        var assembly = cache.find(piece);
        if (assembly == null) {
            assembly = cache.open(piece);
            try {
                padWithZeros(assembly);
            } catch (OutOfMemoryError e) {
                cache.close(assembly);
                throw e;
            }
        }
        return assembly;
    }

    /** Nobody is asked for blocks that are padding (BEP 47). */
    private void padWithZeros(PieceAssembly assembly) {
        int count = content.layout().blockCount(assembly.piece);
        for (int block = content.blocksToFetch(assembly.piece); block < count; block++) {
            int length = content.layout().block(assembly.piece, block).length();
            assembly.blocks(block, length, cache).put(new byte[length]);
            assembly.arrived(block, 0);
        }
    }

    private void complete(PieceAssembly assembly) {
        if (assembly.isBusy()) {
            assembly.complete(true);
            return;
        }
        assembly.busy(true);
        assembly.complete(true);
        if (content.hasV2()) {
            hashThenWrite(assembly);
        } else {
            hashAndWrite(assembly);
        }
    }

    /** v1: its hash is at hand, so that one errand does for both. */
    private void hashAndWrite(PieceAssembly assembly) {
        var work = new PieceWork(assembly);
        var expected = content.v1Hash(assembly.piece);
        boolean doubted = suspects.isDoubted(assembly.piece);
        submit(
                assembly,
                store -> {
                    var checked = work.check(store, expected, doubted);
                    if (checked.good()) {
                        work.write(store);
                    }
                    return checked;
                },
                checked -> {
                    if (checked.good()) {
                        verified(assembly, checked.blocks());
                    } else {
                        suspect(assembly, checked.blocks());
                    }
                });
    }

    /** v2: the hash trees live on the loop. */
    private void hashThenWrite(PieceAssembly assembly) {
        var work = new PieceWork(assembly);
        int v2Length = content.v2Length(assembly.piece);
        submit(assembly, store -> work.hash(store, content.hasV1(), v2Length), hashes -> judge(assembly, work, hashes));
    }

    private void judge(PieceAssembly assembly, PieceWork work, PieceWork.Hashes hashes) {
        var verdict = content.judge(assembly.piece, hashes);
        switch (verdict) {
            case GOOD ->
                submit(
                        assembly,
                        store -> {
                            work.write(store);
                            return true;
                        },
                        done -> verified(assembly, hashes.blocks()));
            case BAD -> accuse(assembly, hashes);
            case CONTRADICTORY -> {
                hopeless = true;
                forget(assembly);
                events.onContradiction(assembly.piece);
            }
            case UNKNOWN -> content.whenHashesKnown(assembly.piece, hashes, () -> judge(assembly, work, hashes));
        }
    }

    private void verified(PieceAssembly assembly, List<Sha256Hash> blocks) {
        boolean wasFull = !cache.hasRoom();
        var senders = suspects.isEmpty()
                ? Set.<PeerConnection>of()
                : attempt(assembly, blocks).all();
        praise(assembly.piece);
        cache.close(assembly);
        picker.verified(assembly.piece);
        content.onVerified(assembly.piece);
        events.onVerified(assembly.piece);
        events.onGuilty(suspects.verified(assembly.piece, blocks));
        if (senders.size() == 1) {
            senders.forEach(PeerConnection::redeemed);
        }
        recovered();
        if (wasFull && cache.hasRoom()) {
            events.onRoom();
        }
    }

    private void praise(int piece) {
        for (int block = 0; block < content.blocksToFetch(piece); block++) {
            var sender = picker.senderOf(piece, block);
            if (sender != null) {
                sender.owner().proved(1);
            }
        }
        if (checks != null) {
            checks.verified(piece);
        }
    }

    /** It is certain who sent it; the rest of the piece may be good. */
    private void onBadBlock(int piece, int block, PeerConnection sender) {
        alarm(sender);
        var assembly = cache.find(piece);
        if (assembly != null
                && !assembly.isBusy()
                && assembly.inMemory().get(block)
                && picker.senderOf(piece, block) == sender.picks()) {
            var bad = new BitSet();
            bad.set(block);
            comesAgain(assembly, bad);
        }
        events.onGuilty(Set.of(sender));
        events.onRoom();
    }

    private void comesAgain(PieceAssembly assembly, BitSet blocks) {
        assembly.forget(blocks);
        picker.failed(assembly.piece, blocks);
        if (checks != null) {
            checks.comesAgain(assembly.piece, blocks);
        }
    }

    /** From the first time that something bad comes. */
    private void alarm(PeerConnection who) {
        if (alarmed) {
            return;
        }
        alarmed = true;
        if (checks != null) {
            checks.alarm(who);
        }
    }

    /** v2 can tell which blocks are bad once it has their hashes; who has sent them all is found out already. */
    private void accuse(PieceAssembly assembly, PieceWork.Hashes hashes) {
        var attempt = attempt(assembly, hashes.blocks());
        if (!assembly.isRestored() && attempt.all().size() == 1) {
            events.onGuilty(attempt.all());
        }
        attempt.all().stream().findFirst().ifPresent(this::alarm);
        attempt.all().forEach(PeerConnection::suspected);
        content.whenLeavesKnown(assembly.piece, hashes, () -> {
            attempt.all().forEach(PeerConnection::unsuspected);
            blame(assembly, hashes);
        });
    }

    private Suspects.Attempt attempt(PieceAssembly assembly, List<Sha256Hash> blocks) {
        var senders = new ArrayList<@Nullable PeerConnection>();
        for (int block = 0; block < content.blocksToFetch(assembly.piece); block++) {
            var sender = picker.senderOf(assembly.piece, block);
            senders.add(sender == null ? null : sender.owner());
        }
        return new Suspects.Attempt(senders, blocks);
    }

    /** The blocks that are not bad are kept. */
    private void blame(PieceAssembly assembly, PieceWork.Hashes hashes) {
        var bad = content.badBlocks(assembly.piece, hashes);
        if (bad.isEmpty()) {
            suspect(assembly, hashes.blocks());
            return;
        }
        var guilty = new LinkedHashSet<PeerConnection>();
        bad.get().stream()
                .mapToObj(block -> picker.senderOf(assembly.piece, block))
                .filter(Objects::nonNull)
                .forEach(sender -> guilty.add(sender.owner()));
        assembly.busy(false);
        assembly.complete(false);
        comesAgain(assembly, bad.get());
        events.onGuilty(guilty);
        events.onRoom();
    }

    /** Some of it is bad, and nothing tells yet which: all of it comes again. */
    private void suspect(PieceAssembly assembly, List<Sha256Hash> blocks) {
        boolean restored = assembly.isRestored();
        var attempt = attempt(assembly, blocks);
        forget(assembly);
        attempt.all().stream().findFirst().ifPresent(this::alarm);
        if (!restored) { // else what was on disk may be what is bad
            events.onGuilty(suspects.failed(assembly.piece, attempt));
        }
        events.onRoom();
    }

    /** Moves to disk, unverified, what has been in memory for a while, so that little is lost should the node be killed. */
    void spillAged() {
        if (halted) {
            return;
        }
        long now = content.loop().nanoTime();
        for (var assembly : cache.all()) {
            if (!assembly.isBusy() && assembly.hasWaited(WAIT, now)) {
                spill(assembly);
            }
        }
    }

    /**
     * Moves what memory is too short for to disk, unverified: that which has waited longest first. Pieces the disk is at already do not count:
     * they are about to leave.
     */
    private void spill() {
        if (!cache.isTight() || halted) {
            return;
        }
        var waiting = new ArrayList<PieceAssembly>();
        long bytes = 0;
        for (var assembly : cache.all()) {
            if (!assembly.isBusy() && !assembly.inMemory().isEmpty()) {
                waiting.add(assembly);
                bytes += assembly.bytesInMemory();
            }
        }
        if (cache.isMuch(bytes)) {
            waiting.sort((a, b) -> Long.compare(a.touched(), b.touched()));
            waiting.subList(0, (waiting.size() + 1) / 2).forEach(this::spill);
        }
    }

    private void spill(PieceAssembly assembly) {
        assembly.busy(true);
        assembly.leaving();
        var work = new PieceWork(assembly);
        submit(
                assembly,
                store -> {
                    work.write(store);
                    return true;
                },
                done -> {
                    assembly.busy(false);
                    assembly.wroteToDisk(work.written());
                    events.onSpilled();
                    recovered();
                    if (assembly.isBusy()) {
                        return;
                    }
                    if (assembly.isComplete() || (ending && !assembly.inMemory().isEmpty())) {
                        write(assembly);
                    } else {
                        assembly.releaseIdle(cache);
                        events.onRoom();
                    }
                });
    }

    private <T> void submit(PieceAssembly assembly, ContentDisk.Work<T> work, Done<T> done) {
        content.disk().submit(work, new ContentDisk.Result<>() {
            @Override
            public void done(T value) {
                done.accept(value);
            }

            @Override
            public void failed(IOException cause) {
                if (cause instanceof PieceWork.LostBlocksException lost) {
                    forget(assembly);
                    events.onDiskFailure(lost.trouble());
                } else {
                    // it stays in memory, and is written when the disk works again
                    assembly.busy(false);
                    assembly.stayed(content.loop().nanoTime());
                    events.onDiskFailure(cause);
                }
            }
        });
    }

    /** Nobody is to blame: it is fetched again. */
    private void forget(PieceAssembly assembly) {
        cache.close(assembly);
        picker.failed(assembly.piece);
        if (checks != null) {
            checks.comesAgain(assembly.piece);
        }
    }

    /** Nothing more will arrive: what is in memory goes to disk as it is. */
    void end() {
        ending = true;
        if (!halted) {
            writeAll();
        }
    }

    /** All that is open is thrown away; the disk may still be at some of it. */
    void close() {
        halted = true;
        for (var assembly : new ArrayList<>(cache.all())) {
            if (!assembly.isBusy()) {
                cache.close(assembly);
            }
        }
    }

    /** Takes what the disk came back with. */
    private interface Done<T> {
        void accept(T value);
    }
}
