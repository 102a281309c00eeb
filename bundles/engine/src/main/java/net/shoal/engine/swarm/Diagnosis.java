package net.shoal.engine.swarm;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.shoal.api.transfer.Obstacle;
import net.shoal.base.model.Bitfield;
import net.shoal.engine.picker.PiecePicker;

/** What keeps a swarm from being faster. On its loop; it looks at each peer and piece, so it is for when somebody asks, not for every second. */
final class Diagnosis {
    /** With so many peers a transfer does well, reachable or not. */
    private static final int FEW_PEERS = 8;

    /** So many others that cannot be dialled, while nobody dials us, are no accident. */
    private static final int UNREACHED = 5;

    /** Bytes a second with which nobody asks why. */
    private static final long FAST_ENOUGH = 1 << 20;

    /** In this time a peer shows what it gives, nanoseconds. */
    private static final long SETTLED = 5_000_000_000L;

    private final Swarm swarm;
    private final List<PeerConnection> peers;
    private final List<Obstacle> found = new ArrayList<>();

    Diagnosis(Swarm swarm) {
        this.swarm = swarm;
        this.peers = swarm.peers().all();
    }

    List<Obstacle> obstacles() {
        if (swarm.content().isPresent()) {
            var picker = swarm.picker();
            if (!picker.isFinished() && isAnybodyThere()) {
                downloading(picker);
            }
            limit(swarm.up(), true);
        } else if (swarm.info().isEmpty() && isAnybodyThere()) {
            found.add(new Obstacle.NoMetadata(peers.size()));
        }
        unreachable();
        return found;
    }

    private boolean isAnybodyThere() {
        if (!peers.isEmpty()) {
            return true;
        }
        int known = swarm.dialling().known();
        found.add(known == 0 ? new Obstacle.NoPeers() : new Obstacle.NobodyAnswers(known));
        return false;
    }

    private void downloading(PiecePicker<PeerConnection> picker) {
        var useful =
                peers.stream().filter(peer -> peer.pieces().isInteresting()).toList();
        boolean isLimited = limit(swarm.down(), false);
        boolean isBehind = swarm.download().isBehind();
        if (isBehind) {
            found.add(new Obstacle.SlowDisk(swarm.download().waiting()));
        }
        pieces(picker, useful.isEmpty());
        boolean areSettled = useful.stream().anyMatch(this::isSettled);
        if (areSettled && !isLimited && !isBehind) {
            little(useful);
        }
    }

    private boolean isSettled(PeerConnection peer) {
        return swarm.now() - peer.traffic().connectedAt() > SETTLED;
    }

    private boolean limit(Budget budget, boolean upload) {
        Optional<Obstacle.RateLimit> limit =
                budget.heldBack(upload, swarm.context().node().isNight());
        limit.ifPresent(found::add);
        return limit.isPresent();
    }

    private void pieces(PiecePicker<PeerConnection> picker, boolean nothingNew) {
        var missing = picker.missing();
        int nobodys = countNobodys(picker, missing);
        if (nobodys == 0) {
            return;
        }
        double there = there(picker);
        found.add(
                nothingNew
                        ? new Obstacle.NothingNew(peers.size(), nobodys, there)
                        : new Obstacle.MissingPieces(nobodys, missing.cardinality(), there));
    }

    private static int countNobodys(PiecePicker<PeerConnection> picker, Bitfield missing) {
        int nobodys = 0;
        for (int piece = missing.nextSet(0); piece >= 0; piece = missing.nextSet(piece + 1)) {
            nobodys += picker.availability(piece) == 0 ? 1 : 0;
        }
        return nobodys;
    }

    /** Of all pieces, those that somebody has. */
    private static double there(PiecePicker<PeerConnection> picker) {
        int pieces = picker.have().size();
        int there = 0;
        for (int piece = 0; piece < pieces; piece++) {
            there += picker.have().get(piece) || picker.availability(piece) > 0 ? 1 : 0;
        }
        return (double) there / pieces;
    }

    private void little(List<PeerConnection> useful) {
        var giving = useful.stream()
                .filter(peer -> !peer.isChokingUs() || peer.traffic().downRate() > 0)
                .toList();
        long rate = giving.stream().mapToLong(peer -> peer.traffic().downRate()).sum();
        if (giving.isEmpty()) {
            found.add(new Obstacle.Choked(useful.size()));
        } else if (rate < FAST_ENOUGH) {
            found.add(new Obstacle.SlowPeers(giving.size(), rate));
        }
    }

    private void unreachable() {
        boolean few = peers.size() < FEW_PEERS;
        int unreached = swarm.dialling().known() - peers.size();
        if (few
                && unreached >= UNREACHED
                && !swarm.context().node().connections().wasReached()) {
            found.add(new Obstacle.Unreachable(peers.size()));
        }
    }
}
