package net.shoal.itests.jmh;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import net.shoal.base.model.Bitfield;
import net.shoal.base.model.PieceLayout;
import net.shoal.engine.picker.Arrival;
import net.shoal.engine.picker.PickerPeer;
import net.shoal.engine.picker.PiecePicker;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A leecher in the middle of a large torrent: 100,000 pieces of 256 KiB, half of them there; 200 peers, a tenth of them seeds, the others with
 * anything from nothing to almost all.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(2)
public class PickerBenchmark {
    private static final int PIECES = 100_000;
    private static final int PIECE_LENGTH = 256 * 1024;
    private static final int PEERS = 200;
    private static final int LOT = 16;

    /** Bytes a second from each peer: at the first pieces are shared, at the second each peer has its own. */
    @Param({"10000", "1000000"})
    public long rate;

    private final Random random = new Random(1);
    private final List<PickerPeer<Integer>> peers = new ArrayList<>();
    private final ArrayDeque<Integer> verified = new ArrayDeque<>();
    private final int[] askedPieces = new int[LOT];
    private final int[] askedBlocks = new int[LOT];
    private int asked;
    private Bitfield half;
    private PiecePicker<Integer> picker;

    @Setup
    public void fillSwarm() {
        picker = new PiecePicker<>(PieceLayout.contiguous((long) PIECES * PIECE_LENGTH, PIECE_LENGTH), random);
        half = randomPieces(0.5);
        picker.markHave(half);
        for (int piece = half.nextSet(0); piece >= 0; piece = half.nextSet(piece + 1)) {
            verified.add(piece);
        }
        for (int i = 0; i < PEERS; i++) {
            var peer = picker.addPeer(i);
            if (i % 10 == 0) {
                picker.peerHasAll(peer);
            } else {
                picker.peerHas(peer, randomPieces((double) i / PEERS));
            }
            peer.choking(false);
            peer.rate(rate);
            peers.add(peer);
        }
    }

    private Bitfield randomPieces(double share) {
        var pieces = new Bitfield(PIECES);
        for (int piece = 0; piece < PIECES; piece++) {
            if (random.nextDouble() < share) {
                pieces.set(piece);
            }
        }
        return pieces;
    }

    /** Of one peer: picks 16 blocks, and they arrive. For each piece that is whole then, another is lost, so that there is always half to do. */
    @Benchmark
    public int sixteenBlocks() {
        var peer = peers.get(random.nextInt(PEERS));
        asked = 0;
        int picked = picker.pick(peer, LOT, (piece, block) -> {
            askedPieces[asked] = piece;
            askedBlocks[asked++] = block;
        });
        for (int i = 0; i < picked; i++) {
            var arrival = picker.received(peer, askedPieces[i], askedBlocks[i], (other, piece, block) -> {});
            if (arrival == Arrival.COMPLETED) {
                picker.verified(askedPieces[i]);
                verified.add(askedPieces[i]);
                picker.lost(verified.remove());
            }
        }
        return picked;
    }

    /** One peer has one piece more, or (BEP 54) one less, which costs the same; or else there would soon be nothing left to have. */
    @Benchmark
    public void haveMessage() {
        int number = random.nextInt(PEERS);
        var peer = peers.get(number % 10 == 0 ? number + 1 : number);
        int piece = random.nextInt(PIECES);
        if (peer.pieces().get(piece)) {
            picker.peerLost(peer, piece);
        } else {
            picker.peerHas(peer, piece);
        }
    }

    /** With half of the pieces. */
    @Benchmark
    public void leecherJoinsAndLeaves() {
        var peer = picker.addPeer(PEERS);
        picker.peerHas(peer, half);
        picker.removePeer(peer);
    }

    @Benchmark
    public void seedJoinsAndLeaves() {
        var peer = picker.addPeer(PEERS);
        picker.peerHasAll(peer);
        picker.removePeer(peer);
    }
}
