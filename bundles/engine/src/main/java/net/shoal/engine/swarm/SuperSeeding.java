package net.shoal.engine.swarm;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import net.shoal.base.wire.Message;
import net.shoal.engine.picker.PiecePicker;
import org.jspecify.annotations.Nullable;

/**
 * Super-seeding (BEP 16), for the first seed of a torrent: as little as can be is sent twice. To a new peer we look like one that has nothing, and
 * each is told of one piece that hardly anybody has. When it has that one, it is told of the next, but not of a third before others have the
 * first: who passes nothing on gets little.
 *
 * <pre>
 *   offered → taken (it has the piece) → spread (another has it too; or it was given time enough; or there is nobody else)
 * </pre>
 *
 * It rests while another seed is there, for then nothing is gained by it.
 */
final class SuperSeeding {
    private static final long SECOND = 1_000_000_000L;
    /** A peer that cannot pass on what it has goes on after this. */
    private static final long PATIENCE = 30 * SECOND;

    private static final long RESTS_FOR = 600 * SECOND;
    /** More than so many are not told of one by one: the peer comes back and is told at once. */
    private static final int MAX_HAVES = 5_000;

    private final Swarm swarm;
    private final RandomGenerator random;
    private final Map<PeerConnection, Shown> masked = new LinkedHashMap<>();
    /** How many peers were told of each piece. */
    private final Map<Integer, Integer> told = new HashMap<>();

    private boolean wished;
    private boolean otherSeed;
    private long otherSeedAt;

    /** What one peer was told of. */
    private static final class Shown {
        final Set<Integer> pieces = new LinkedHashSet<>();
        /** Of them, what it does not have yet. */
        final Set<Integer> offered = new LinkedHashSet<>();
        /** What it alone has, since when. */
        final Map<Integer, Long> taken = new LinkedHashMap<>();
    }

    SuperSeeding(Swarm swarm, RandomGenerator random) {
        this.swarm = swarm;
        this.random = random;
    }

    /** Who is connected knows that we are a seed: it has to come again. */
    void wish(boolean now) {
        if (wished == now) {
            return;
        }
        boolean was = isOn();
        wished = now;
        if (isOn()) {
            for (var peer : swarm.peers().all()) {
                if (peer.isPeer() && !peer.isUploadOnly()) {
                    swarm.peers().disconnect(peer, "super-seeding begins");
                }
            }
        } else if (was) {
            end();
        }
    }

    boolean isOn() {
        return wished && swarm.hasEverything() && !(otherSeed && swarm.now() - otherSeedAt < RESTS_FOR);
    }

    /** @return true if this new peer is to believe that we have nothing */
    boolean mask(PeerConnection peer) {
        if (!isOn()) {
            return false;
        }
        masked.put(peer, new Shown());
        return true;
    }

    /** False for what the peer was not told of. */
    boolean shows(PeerConnection peer, int piece) {
        var shown = masked.get(peer);
        return shown == null || shown.pieces.contains(piece);
    }

    /** Some peer has more than before. */
    void onHave(PeerConnection peer) {
        if (!wished) {
            return;
        }
        if (peer.isPeer() && peer.pieces().isSeed() && swarm.hasEverything()) {
            boolean was = isOn();
            otherSeed = true;
            otherSeedAt = swarm.now();
            if (was) {
                end();
            }
            return;
        }
        List.copyOf(masked.keySet()).forEach(this::offer);
    }

    void tick() {
        List.copyOf(masked.keySet()).forEach(this::offer);
    }

    void onLeft(PeerConnection peer) {
        var shown = masked.remove(peer);
        if (shown != null) {
            shown.offered.forEach(this::untell);
        }
    }

    private void untell(int piece) {
        told.merge(piece, -1, Integer::sum);
    }

    /** Tells this peer of another piece, if it is time. */
    private void offer(PeerConnection peer) {
        var shown = masked.get(peer);
        if (shown == null || peer.isClosed() || !peer.pieces().isJoined()) {
            return;
        }
        update(peer, shown);
        if (!shown.offered.isEmpty() || shown.taken.size() > 1) {
            return;
        }
        int piece = rarest(peer, shown);
        if (piece >= 0) {
            shown.pieces.add(piece);
            shown.offered.add(piece);
            told.merge(piece, 1, Integer::sum);
            peer.have(piece);
        }
    }

    private void update(PeerConnection peer, Shown shown) {
        var has = peer.picks().pieces();
        long now = swarm.now();
        var arrived = shown.offered.stream().filter(has::get).toList();
        for (int piece : arrived) {
            shown.offered.remove(piece);
            shown.taken.put(piece, now);
        }
        boolean alone = masked.size() == 1;
        shown.taken
                .entrySet()
                .removeIf(taken ->
                        alone || swarm.picker().availability(taken.getKey()) > 1 || now - taken.getValue() > PATIENCE);
    }

    private int rarest(PeerConnection peer, Shown shown) {
        PiecePicker<PeerConnection> picker = swarm.picker();
        var has = peer.picks().pieces();
        int count = has.size();
        int first = random.nextInt(count);
        int best = -1;
        int copies = Integer.MAX_VALUE;
        for (int i = 0; i < count && copies > 0; i++) {
            int piece = (first + i) % count;
            int there = picker.availability(piece) + told.getOrDefault(piece, 0);
            if (there < copies && !has.get(piece) && !shown.pieces.contains(piece)) {
                best = piece;
                copies = there;
            }
        }
        return best;
    }

    /** Tells everybody of everything. */
    private void end() {
        for (var entry : Map.copyOf(masked).entrySet()) {
            unmask(entry.getKey(), entry.getValue());
        }
        masked.clear();
        told.clear();
        swarm.sayUploadOnly();
    }

    private void unmask(PeerConnection peer, @Nullable Shown shown) {
        int count = swarm.picker().have().size();
        if (shown == null || count - shown.pieces.size() > MAX_HAVES) {
            swarm.peers().disconnect(peer, "super-seeding is over");
            return;
        }
        for (int piece = 0; piece < count; piece++) {
            if (!shown.pieces.contains(piece)) {
                peer.link().send(new Message.Have(piece));
            }
        }
    }
}
