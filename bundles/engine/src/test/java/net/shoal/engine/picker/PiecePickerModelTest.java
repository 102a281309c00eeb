package net.shoal.engine.picker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import net.shoal.base.model.Bitfield;
import net.shoal.base.model.Block;
import net.shoal.base.model.PieceLayout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Thousands of random operations on the picker beside a model that is slow and plain. */
class PiecePickerModelTest {
    private static final int STEPS = 3_000;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void agreesWithANaiveModel(long seed) {
        var run = new Run(seed);
        for (int step = 0; step < STEPS; step++) {
            try {
                run.step();
                if (step % 20 == 0) {
                    run.checkAll();
                }
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError("seed " + seed + ", step " + step + ": " + run.last, e);
            }
        }
    }

    @Test
    void aSwarmOfRandomPeersAlwaysFinishes() {
        for (long seed = 100; seed < 120; seed++) {
            var run = new Run(seed);
            run.finish();
            assertThat(run.picker.isFinished()).as("seed " + seed).isTrue();
        }
    }

    /** A peer in the model: what it has, refuses, and was asked for. */
    private static final class ModelPeer {
        final int id;
        final Set<Integer> has = new HashSet<>();
        final Set<Integer> refuses = new HashSet<>();
        final Set<Integer> allowedFast = new HashSet<>();
        final Set<Long> asked = new HashSet<>();
        boolean choking = true;
        boolean suggested;
        boolean parole;
        long rate;

        ModelPeer(int id) {
            this.id = id;
        }
    }

    private static final class Run {
        final Random random;
        final PieceLayout layout;
        final PiecePicker<ModelPeer> picker;
        final List<PickerPeer<ModelPeer>> peers = new ArrayList<>();
        final Set<Integer> have = new HashSet<>();
        final int[] priority;
        final Set<Integer> ahead = new HashSet<>();
        final Set<Integer> urgent = new HashSet<>();
        int due = -1;
        final Set<Integer> doubted = new HashSet<>();
        /** Of open pieces: who sent each received block, or a peer that stands for the disk. */
        final Map<Integer, Map<Integer, ModelPeer>> received = new TreeMap<>();

        final ModelPeer disk = new ModelPeer(-1);
        boolean sequential;
        int ids;
        String last = "";

        Run(long seed) {
            random = new Random(seed);
            int pieceLength = Block.SIZE * (1 + random.nextInt(5));
            layout = random.nextBoolean()
                    ? PieceLayout.contiguous(
                            1 + (long) random.nextInt(60) * pieceLength + random.nextInt(pieceLength), pieceLength)
                    : PieceLayout.aligned(
                            IntStream.range(0, 12)
                                    .mapToObj(i -> (long) random.nextInt(5 * pieceLength))
                                    .toList(),
                            pieceLength);
            priority = new int[layout.pieceCount()];
            java.util.Arrays.fill(priority, 4);
            picker = new PiecePicker<>(layout, new SplittableRandom(seed));
        }

        void step() {
            int dice = random.nextInt(100);
            if (peers.isEmpty() || (dice < 4 && peers.size() < 12)) {
                join();
            } else if (dice < 6) {
                leave();
            } else if (dice < 10) {
                learn();
            } else if (dice < 45) {
                pick();
            } else if (dice < 75) {
                receive();
            } else if (dice < 80) {
                release();
            } else if (dice < 84) {
                choke();
            } else if (dice < 88) {
                want();
            } else if (dice < 90) {
                moods();
            } else if (dice < 96) {
                hash();
            } else if (dice < 98) {
                lose();
            } else {
                restore();
            }
        }

        void finish() {
            for (int i = 0; i < 8; i++) {
                join();
            }
            var seed = picker.addPeer(new ModelPeer(ids++));
            peers.add(seed);
            picker.peerHasAll(seed);
            IntStream.range(0, layout.pieceCount()).forEach(seed.owner().has::add);
            for (var peer : peers) {
                peer.choking(false);
                peer.owner().choking = false;
            }
            for (int i = 0; i < 200_000 && !picker.isFinished(); i++) {
                switch (random.nextInt(4)) {
                    case 0 -> pick();
                    case 1 -> receive();
                    case 2 -> hash();
                    default -> {
                        if (random.nextInt(20) == 0) {
                            release();
                        }
                    }
                }
            }
            checkAll();
        }

        private PickerPeer<ModelPeer> any() {
            return peers.get(random.nextInt(peers.size()));
        }

        private void join() {
            last = "join";
            var model = new ModelPeer(ids++);
            var peer = picker.addPeer(model);
            peers.add(peer);
            if (random.nextInt(4) == 0) {
                picker.peerHasAll(peer);
                IntStream.range(0, layout.pieceCount()).forEach(model.has::add);
            } else if (random.nextBoolean()) {
                picker.peerHas(peer, randomBits(model));
            }
        }

        private Bitfield randomBits(ModelPeer model) {
            model.has.clear();
            var bits = new Bitfield(layout.pieceCount());
            int share = random.nextInt(100);
            for (int i = 0; i < layout.pieceCount(); i++) {
                if (random.nextInt(100) < share) {
                    bits.set(i);
                    model.has.add(i);
                }
            }
            return bits;
        }

        private void leave() {
            last = "leave";
            var peer = peers.remove(random.nextInt(peers.size()));
            picker.removePeer(peer);
            peer.owner().asked.clear();
            assertThat(peer.requested()).isZero();
        }

        private void learn() {
            last = "learn";
            var peer = any();
            if (random.nextInt(20) == 0) {
                var bits = randomBits(peer.owner());
                peer.owner().refuses.clear();
                picker.peerHas(peer, bits);
            } else if (layout.pieceCount() > 0) {
                int piece = random.nextInt(layout.pieceCount());
                picker.peerHas(peer, piece);
                if (peer.owner().has.add(piece)) {
                    peer.owner().refuses.remove(piece);
                }
            }
        }

        private boolean wanted(int piece) {
            return priority[piece] != 0 && !have.contains(piece);
        }

        private int level(int piece) {
            if (priority[piece] == 0) {
                return 0;
            }
            return urgent.contains(piece) ? 9 : ahead.contains(piece) ? 8 : priority[piece];
        }

        private boolean isOpen(int piece) {
            return received.containsKey(piece) || holdersOfPiece(piece) > 0;
        }

        private long holdersOfPiece(int piece) {
            return peers.stream()
                    .flatMap(peer -> peer.owner().asked.stream())
                    .filter(key -> key >> 32 == piece)
                    .count();
        }

        private long holders(long key) {
            return peers.stream()
                    .filter(peer -> peer.owner().asked.contains(key))
                    .count();
        }

        private boolean isReceived(int piece, int block) {
            return received.getOrDefault(piece, Map.of()).containsKey(block);
        }

        private boolean isFree(int piece, int block) {
            return !isReceived(piece, block) && holders(key(piece, block)) == 0;
        }

        private void pick() {
            var peer = any();
            var model = peer.owner();
            int max = 1 + random.nextInt(8);
            last = "pick " + max + " for " + model.id;
            boolean endgame = picker.isEndgame();
            assertThat(endgame).isEqualTo(modelEndgame());
            boolean randomFirst = have.size() + picker.openPieces().length < 4 + 8;
            var startableBefore = startable(model);
            var got = new ArrayList<Long>();
            int count = picker.pick(peer, max, (piece, block) -> got.add(key(piece, block)));
            assertThat(got).hasSize(count).doesNotHaveDuplicates();
            assertThat(count).isLessThanOrEqualTo(max);
            for (long key : got) {
                int piece = (int) (key >> 32);
                int block = (int) key;
                assertThat(wanted(piece)).isTrue();
                assertThat(block).isLessThan(layout.blockCount(piece));
                assertThat(model.has).contains(piece);
                assertThat(model.refuses).doesNotContain(piece);
                assertThat(model.asked).doesNotContain(key);
                assertThat(isReceived(piece, block)).isFalse();
                if (model.choking) {
                    assertThat(model.allowedFast).contains(piece);
                }
                if (holders(key) > 0) {
                    assertThat(holders(key)).isLessThan(OpenPiece.MAX_HOLDERS);
                    assertThat((piece == due && urgent.contains(due)) || !anyFreeFor(model, got))
                            .as("duplicates only when nothing is free, or somebody waits for it")
                            .isTrue();
                }
                boolean opens = !isOpen(piece);
                boolean free = !sequential && !randomFirst && !model.suggested && !model.choking;
                if (opens && free && !(doubted.contains(piece) && !model.parole)) {
                    assertRarest(piece, startableBefore);
                }
                startableBefore.remove((Integer) piece);
                model.asked.add(key);
            }
            boolean suspects = peers.stream().anyMatch(other -> other.owner().parole);
            if (!model.choking && !suspects && count < max) {
                assertThat(anyFreeFor(model, List.of()))
                        .as("nothing free is held back")
                        .isFalse();
            }
            assertThat(peer.requested()).isEqualTo(model.asked.size());
        }

        private List<Integer> startable(ModelPeer model) {
            var list = new ArrayList<Integer>();
            for (int piece = 0; piece < layout.pieceCount(); piece++) {
                if (wanted(piece) && !isOpen(piece) && model.has.contains(piece) && !model.refuses.contains(piece)) {
                    list.add(piece);
                }
            }
            return list;
        }

        private void assertRarest(int piece, List<Integer> startable) {
            int top = startable.stream().mapToInt(this::level).max().orElseThrow();
            assertThat(level(piece)).isEqualTo(top);
            if (top == 9) {
                int first = startable.stream()
                        .filter(p -> level(p) == top)
                        .mapToInt(p -> p)
                        .min()
                        .orElseThrow();
                assertThat(piece).isEqualTo(first);
                return;
            }
            int least = startable.stream()
                    .filter(p -> level(p) == top)
                    .mapToInt(this::availability)
                    .min()
                    .orElseThrow();
            assertThat(availability(piece)).isEqualTo(least);
        }

        private int availability(int piece) {
            return (int) peers.stream()
                    .filter(peer -> peer.owner().has.contains(piece))
                    .count();
        }

        private boolean anyFreeFor(ModelPeer model, List<Long> but) {
            for (int piece = 0; piece < layout.pieceCount(); piece++) {
                if (!wanted(piece) || !model.has.contains(piece) || model.refuses.contains(piece)) {
                    continue;
                }
                for (int block = 0; block < layout.blockCount(piece); block++) {
                    if (isFree(piece, block) && !but.contains(key(piece, block))) {
                        return true;
                    }
                }
            }
            return false;
        }

        private boolean modelEndgame() {
            boolean missing = false;
            boolean open = false;
            for (int piece = 0; piece < layout.pieceCount(); piece++) {
                missing |= wanted(piece);
                open |= isOpen(piece);
                if (!wanted(piece) || availability(piece) == 0) {
                    continue;
                }
                for (int block = 0; block < layout.blockCount(piece); block++) {
                    if (isFree(piece, block)) {
                        return false;
                    }
                }
            }
            return missing && open;
        }

        private void receive() {
            var peer = any();
            var model = peer.owner();
            if (model.asked.isEmpty() || random.nextInt(10) == 0) {
                receiveUnasked(peer);
                return;
            }
            long key = model.asked.stream().sorted().toList().get(random.nextInt(model.asked.size()));
            receive(peer, key);
        }

        private void receiveUnasked(PickerPeer<ModelPeer> peer) {
            if (layout.pieceCount() == 0) {
                return;
            }
            int piece = random.nextInt(layout.pieceCount());
            int block = random.nextInt(layout.blockCount(piece) + 1);
            receive(peer, key(piece, block));
        }

        private void receive(PickerPeer<ModelPeer> peer, long key) {
            int piece = (int) (key >> 32);
            int block = (int) key;
            last = "receive " + piece + "/" + block + " from " + peer.owner().id;
            boolean useful = isOpen(piece) && block < layout.blockCount(piece) && !isReceived(piece, block);
            assertThat(picker.isNeeded(piece, block)).isEqualTo(useful);
            var expected = new HashSet<Integer>();
            for (var other : peers) {
                if (other.owner().asked.contains(key) && other != peer) {
                    expected.add(other.owner().id);
                }
            }
            var cancelled = new HashSet<Integer>();
            var arrival = picker.received(peer, piece, block, (who, p, b) -> {
                assertThat(key(p, b)).isEqualTo(key);
                assertThat(cancelled.add(who.owner().id)).isTrue();
            });
            if (!useful) {
                assertThat(arrival).isEqualTo(Arrival.UNWANTED);
                assertThat(cancelled).isEmpty();
                return;
            }
            assertThat(cancelled).isEqualTo(expected);
            peers.forEach(other -> other.owner().asked.remove(key));
            received.computeIfAbsent(piece, p -> new HashMap<>()).put(block, peer.owner());
            boolean complete = received.get(piece).size() == layout.blockCount(piece);
            assertThat(arrival).isEqualTo(complete ? Arrival.COMPLETED : Arrival.ACCEPTED);
        }

        private void release() {
            var peer = any();
            var model = peer.owner();
            if (model.asked.isEmpty()) {
                return;
            }
            long key = model.asked.stream().sorted().toList().get(random.nextInt(model.asked.size()));
            model.asked.remove(key);
            int piece = (int) (key >> 32);
            last = "release " + piece + "/" + (int) key;
            if (random.nextInt(3) == 0) {
                picker.rejected(peer, piece, (int) key);
                if (model.choking) {
                    model.allowedFast.remove(piece);
                } else {
                    model.refuses.add(piece);
                }
            } else {
                picker.release(peer, piece, (int) key);
            }
        }

        private void choke() {
            last = "choke";
            var peer = any();
            var model = peer.owner();
            if (model.choking) {
                model.refuses.clear();
            } else {
                picker.releaseAll(peer);
                model.asked.clear();
            }
            model.choking = !model.choking;
            peer.choking(model.choking);
        }

        private void want() {
            last = "want";
            if (layout.pieceCount() == 0) {
                return;
            }
            switch (random.nextInt(8)) {
                case 0 -> {
                    sequential = !sequential;
                    picker.sequential(sequential);
                }
                case 1 -> {
                    picker.ahead(some(ahead));
                }
                case 2 -> {
                    picker.urgent(some(urgent));
                }
                case 3 -> {
                    due = urgent.isEmpty() || random.nextBoolean()
                            ? -1
                            : urgent.iterator().next();
                    picker.due(due);
                }
                default -> {
                    int piece = random.nextInt(layout.pieceCount());
                    int now = random.nextInt(3) == 0 ? 0 : random.nextInt(8);
                    priority[piece] = now;
                    picker.priority(piece, now);
                }
            }
        }

        private Bitfield some(Set<Integer> pieces) {
            pieces.clear();
            var bits = new Bitfield(layout.pieceCount());
            for (int i = 0; i < random.nextInt(4); i++) {
                int piece = random.nextInt(layout.pieceCount());
                pieces.add(piece);
                bits.set(piece);
            }
            return bits;
        }

        private void moods() {
            last = "moods";
            var peer = any();
            var model = peer.owner();
            model.rate = random.nextInt(3) * 5_000L;
            peer.rate(model.rate);
            model.parole = random.nextInt(4) == 0;
            peer.onParole(model.parole);
            if (layout.pieceCount() == 0) {
                return;
            }
            int piece = random.nextInt(layout.pieceCount());
            peer.allowedFast(piece);
            model.allowedFast.add(piece);
            if (random.nextInt(8) == 0) {
                peer.suggested(random.nextInt(layout.pieceCount()));
                model.suggested = true;
            }
        }

        private void hash() {
            for (int piece : picker.openPieces()) {
                var blocks = received.getOrDefault(piece, Map.of());
                if (blocks.size() < layout.blockCount(piece)) {
                    continue;
                }
                last = "hash " + piece;
                for (int block = 0; block < blocks.size(); block++) {
                    var sender = picker.senderOf(piece, block);
                    assertThat(sender == null ? disk : sender.owner()).isSameAs(blocks.get(block));
                }
                int dice = random.nextInt(10);
                if (dice == 0) {
                    picker.failed(piece);
                    received.remove(piece);
                    doubted.add(piece);
                } else if (dice == 1) {
                    var bad = new BitSet();
                    bad.set(random.nextInt(blocks.size()));
                    picker.failed(piece, bad);
                    blocks.keySet().removeIf(bad::get);
                    if (blocks.isEmpty()) {
                        received.remove(piece);
                    }
                } else {
                    picker.verified(piece);
                    received.remove(piece);
                    doubted.remove(piece);
                    have.add(piece);
                }
            }
        }

        private void lose() {
            last = "lose";
            if (have.isEmpty()) {
                return;
            }
            int piece = have.iterator().next();
            have.remove(piece);
            picker.lost(piece);
        }

        private void restore() {
            if (layout.pieceCount() == 0) {
                return;
            }
            int piece = random.nextInt(layout.pieceCount());
            last = "restore " + piece;
            int block = random.nextInt(layout.blockCount(piece));
            var blocks = new BitSet();
            blocks.set(block);
            boolean complete = picker.restore(piece, blocks);
            if (have.contains(piece)) {
                assertThat(complete).isFalse();
                return;
            }
            if (isFree(piece, block)) {
                received.computeIfAbsent(piece, p -> new HashMap<>()).put(block, disk);
            }
            assertThat(complete)
                    .isEqualTo(received.getOrDefault(piece, Map.of()).size() == layout.blockCount(piece));
        }

        void checkAll() {
            last = last + ", then check";
            long haveBytes = 0;
            long wantedBytes = 0;
            long wantedHave = 0;
            boolean finished = true;
            for (int piece = 0; piece < layout.pieceCount(); piece++) {
                int length = layout.lengthOf(piece);
                haveBytes += have.contains(piece) ? length : 0;
                wantedBytes += priority[piece] != 0 ? length : 0;
                wantedHave += priority[piece] != 0 && have.contains(piece) ? length : 0;
                finished &= !wanted(piece);
                assertThat(picker.availability(piece)).isEqualTo(availability(piece));
                assertThat(picker.have().get(piece)).isEqualTo(have.contains(piece));
                assertThat(picker.receivedBlocks(piece).stream().boxed().toList())
                        .containsExactlyInAnyOrderElementsOf(
                                received.getOrDefault(piece, Map.of()).keySet());
            }
            assertThat(picker.haveBytes()).isEqualTo(haveBytes);
            assertThat(picker.wantedBytes()).isEqualTo(wantedBytes);
            assertThat(picker.wantedHaveBytes()).isEqualTo(wantedHave);
            assertThat(picker.isFinished()).isEqualTo(finished);
            assertThat(IntStream.of(picker.openPieces()).boxed().toList())
                    .containsExactlyInAnyOrderElementsOf(IntStream.range(0, layout.pieceCount())
                            .filter(this::isOpen)
                            .boxed()
                            .toList());
            for (var peer : peers) {
                assertThat(peer.requested()).isEqualTo(peer.owner().asked.size());
                assertThat(picker.isInteresting(peer))
                        .isEqualTo(peer.owner().has.stream().anyMatch(this::wanted));
            }
            checkCopies();
        }

        private void checkCopies() {
            if (layout.pieceCount() == 0) {
                return;
            }
            int least = IntStream.range(0, layout.pieceCount())
                    .map(this::availability)
                    .min()
                    .orElse(0);
            long more = IntStream.range(0, layout.pieceCount())
                    .filter(piece -> availability(piece) > least)
                    .count();
            assertThat(picker.distributedCopies())
                    .isCloseTo(least + (double) more / layout.pieceCount(), org.assertj.core.data.Offset.offset(1e-9));
        }

        private static long key(int piece, int block) {
            return (long) piece << 32 | block;
        }
    }
}
