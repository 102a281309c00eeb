package net.shoal.engine.picker;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntUnaryOperator;
import java.util.random.RandomGenerator;
import net.shoal.base.model.Bitfield;
import net.shoal.base.model.Block;
import net.shoal.base.model.PieceLayout;
import net.shoal.engine.picker.StartablePieces.Choice;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the blocks to ask a peer for. On the swarm's loop, without locks, time or I/O; picking allocates nothing.
 *
 * <p>A wanted piece is <em>startable</em>, then <em>open</em> (see {@link OpenPiece}) and in the end verified. A peer goes on with the piece it
 * is at; then takes what it suggested; then, by priority, joins an open piece or starts the rarest it has. Peers that bring a whole piece in
 * {@link #WHOLE_PIECE_SECONDS} get pieces to themselves, so that these are finished soon and have one sender; slower ones share. When every block
 * that can be had is asked for, the endgame asks several peers for the same ones. What is read best in long runs gets pieces that
 * follow one another.
 *
 * @param <P> what the swarm calls a peer
 */
public final class PiecePicker<P> {
    public static final int MAX_PRIORITY = PieceWants.MAX_PRIORITY;

    private static final int WHOLE_PIECE_SECONDS = 10;

    /** So many pieces are chosen at random, to have something to trade soon. */
    private static final int RANDOM_FIRST = 4;

    /** Open pieces with free blocks: so many at least, or 3/2 for each peer, before peers must join them instead of starting another. */
    private static final int MIN_OPEN = 4;

    /** A newcomer that has begun pieces of so many blocks begins none, and helps with none, until one of them is judged. */
    private static final int UNPROVEN_BLOCKS = 32;

    /** In the endgame, a peer that was asked for so many blocks has enough to do. */
    private static final int ENDGAME_REQUESTS = 32;

    /** So has one that is asked for what it sends in a quarter of a second; bytes a second for each block. */
    private static final int ENDGAME_RATE = 4 * Block.SIZE;

    /** Blocks looked at to find one to ask for twice. */
    private static final int ENDGAME_SCAN = 4096;

    /** A run of pieces that follow one another is long enough at so many bytes, and so many pieces. */
    private static final int RUN_BYTES = 32 << 20;

    private static final int MIN_RUN = 4;

    private final PieceLayout layout;
    private final RandomGenerator random;
    private final IntUnaryOperator blocksOf;
    private final Availability availability;
    private final StartablePieces startable;
    private final PieceWants wants;
    private final OpenPieces<P> open;
    private final Bitfield held;
    /** Were bad when they came. */
    private final Bitfield doubted;

    private final Bitfield none;
    private final Bitfield all;
    private boolean sequential;
    private int due = -1;
    private final List<PickerPeer<P>> peers = new ArrayList<>();

    public PiecePicker(PieceLayout layout, RandomGenerator random) {
        this(layout, random, layout::blockCount);
    }

    /** @param blocksOf how many blocks of a piece need fetching, from its first: fewer than it has where it ends in padding (BEP 47) */
    public PiecePicker(PieceLayout layout, RandomGenerator random, IntUnaryOperator blocksOf) {
        this.layout = layout;
        this.random = random;
        this.blocksOf = blocksOf;
        int pieces = layout.pieceCount();
        none = new Bitfield(pieces);
        held = new Bitfield(pieces);
        doubted = new Bitfield(pieces);
        all = new Bitfield(pieces);
        all.setAll();
        availability = new Availability(pieces);
        wants = new PieceWants(layout);
        startable = new StartablePieces(pieces, availability, random);
        for (int piece = 0; piece < pieces; piece++) {
            startable.add(piece, wants.level(piece));
        }
        int maxBlocks = (layout.pieceLength() + Block.SIZE - 1) / Block.SIZE;
        open = new OpenPieces<>(pieces, maxBlocks);
    }

    // ---- what is wanted

    /** 0: not wanted; 1 to 7: wanted, the higher before the lower. At first all are wanted at 4. */
    public void priority(int piece, int priority) {
        if (priority == wants.priority(piece)) {
            return;
        }
        boolean wasStartable = startable.remove(piece, wants.level(piece));
        boolean wasUnwanted = wants.level(piece) == 0;
        wants.priority(piece, priority);
        if (wasStartable || wasUnwanted) {
            offer(piece);
        }
    }

    public int priority(int piece) {
        return wants.priority(piece);
    }

    /** Within a priority in the order of the content, instead of rarest first. */
    public void sequential(boolean sequential) {
        this.sequential = sequential;
    }

    /** Wanted pieces to fetch before all others, such as the first and last of each file. Replaces those given before. */
    public void ahead(Bitfield pieces) {
        change(wants.ahead(), pieces, wants::ahead);
    }

    /**
     * Wanted pieces that somebody is about to read: fetched before even those {@link #ahead}, in the order of the content, by all who have
     * them together. Replaces those given before.
     */
    public void urgent(Bitfield pieces) {
        change(wants.urgent(), pieces, wants::urgent);
        for (int piece = pieces.nextSet(0); piece >= 0; piece = pieces.nextSet(piece + 1)) {
            OpenPiece<P> there = open.get(piece);
            if (there != null && there.only != null && !isApart(there, there.only)) {
                there.only = null;
            }
        }
    }

    /** This piece somebody has waited for long enough to ask a second peer for what of it is under way; -1 for none. */
    public void due(int piece) {
        due = piece;
    }

    private void change(Bitfield old, Bitfield pieces, Consumer<Bitfield> set) {
        var now = pieces.copy();
        var changed = old.copy();
        for (int piece = now.nextSet(0); piece >= 0; piece = now.nextSet(piece + 1)) {
            if (!changed.clear(piece)) {
                changed.set(piece);
            }
        }
        for (int piece = changed.nextSet(0); piece >= 0; piece = changed.nextSet(piece + 1)) {
            startable.remove(piece, wants.level(piece));
        }
        set.accept(now);
        for (int piece = changed.nextSet(0); piece >= 0; piece = changed.nextSet(piece + 1)) {
            offer(piece);
        }
    }

    /** Makes a piece startable if it is wanted, neither there nor open. */
    private void offer(int piece) {
        int level = wants.level(piece);
        if (level != 0
                && !held.get(piece)
                && !wants.have().get(piece)
                && open.get(piece) == null
                && !startable.contains(piece, level)) {
            startable.add(piece, level);
        }
    }

    /** These pieces, and no others, are asked of siblings only: they bring them without the network. */
    public void hold(Bitfield pieces) {
        for (int piece = 0; piece < layout.pieceCount(); piece++) {
            if (pieces.get(piece)) {
                hold(piece);
            } else if (held.clear(piece)) {
                offer(piece);
            }
        }
    }

    /** This one too. */
    public void hold(int piece) {
        if (held.set(piece)) {
            startable.remove(piece, wants.level(piece));
        }
    }

    // ---- peers

    public PickerPeer<P> addPeer(P owner) {
        var peer = new PickerPeer<>(owner, none);
        peers.add(peer);
        return peer;
    }

    /** Releases what the peer was asked for and forgets what it has. To be called once. */
    public void removePeer(PickerPeer<P> peer) {
        releaseAll(peer);
        forgetPieces(peer);
        peers.remove(peer);
    }

    /** Takes the place of what was known of this peer; the bitfield is copied. */
    public void peerHas(PickerPeer<P> peer, Bitfield pieces) {
        if (pieces.size() != layout.pieceCount()) {
            throw new IllegalArgumentException(
                    "a bitfield of " + pieces.size() + " where there are " + layout.pieceCount() + " pieces");
        }
        if (pieces.isFull()) {
            peerHasAll(peer);
            return;
        }
        forgetPieces(peer);
        peer.pieces(pieces.copy());
        peer.ownsPieces = true;
        for (int piece = pieces.nextSet(0); piece >= 0; piece = pieces.nextSet(piece + 1)) {
            up(piece);
        }
    }

    public void peerHas(PickerPeer<P> peer, int piece) {
        if (peer.countedAsSeed) {
            return;
        }
        if (!peer.ownsPieces) {
            peer.pieces(none.copy());
            peer.ownsPieces = true;
        }
        if (peer.has(piece)) {
            up(piece);
        }
    }

    /** O(1) for a peer nothing was known of. */
    public void peerHasAll(PickerPeer<P> peer) {
        forgetPieces(peer);
        peer.countedAsSeed = true;
        peer.pieces(all);
        availability.addSeed();
    }

    /** It does not have this piece any more (BEP 54). What it was asked for of it is for the caller to release. */
    public void peerLost(PickerPeer<P> peer, int piece) {
        if (!peer.pieces().get(piece)) {
            return;
        }
        if (peer.countedAsSeed) {
            var rest = all.copy();
            rest.clear(piece);
            peerHas(peer, rest);
            return;
        }
        peer.lost(piece);
        startable.down(piece, wants.level(piece));
        availability.down(piece);
    }

    private void forgetPieces(PickerPeer<P> peer) {
        if (peer.countedAsSeed) {
            peer.countedAsSeed = false;
            availability.removeSeed();
        } else {
            var pieces = peer.pieces();
            for (int piece = pieces.nextSet(0); piece >= 0; piece = pieces.nextSet(piece + 1)) {
                startable.down(piece, wants.level(piece));
                availability.down(piece);
            }
        }
        peer.ownsPieces = false;
        peer.pieces(none);
    }

    private void up(int piece) {
        startable.up(piece, wants.level(piece));
        availability.up(piece);
    }

    /** True if the peer has a piece that we want and lack. */
    public boolean isInteresting(PickerPeer<P> peer) {
        return isInteresting(peer.pieces());
    }

    public boolean isInteresting(Bitfield pieces) {
        return wants.missing().intersects(pieces);
    }

    // ---- picking

    /**
     * Picks up to {@code max} blocks for this peer and counts them as requested from it.
     *
     * @return how many were handed to the sink
     */
    public int pick(PickerPeer<P> peer, int max, BlockSink sink) {
        int left = max;
        if (peer.isChoking()) {
            return max - takeFrom(peer.allowedFast, peer, left, sink);
        }
        OpenPiece<P> current = peer.current;
        if (current != null
                && open.get(peer.currentPiece) == current
                && (wants.urgent().isEmpty() || isUrgent(current.piece))
                && isOpenTo(current, peer)) {
            left = take(current, peer, left, sink);
        }
        left = takeFrom(peer.suggested, peer, left, sink);
        left = hurry(peer, left, sink);
        while (left > 0) {
            OpenPiece<P> next = next(peer);
            if (next == null) {
                break;
            }
            left = take(next, peer, left, sink);
        }
        if (left > 0 && isEndgame()) {
            left = duplicate(peer, left, sink);
        }
        return max - left;
    }

    /** Blocks that this peer has not been asked for, nor another, of the piece it is at. */
    public int restOfCurrent(PickerPeer<P> peer) {
        OpenPiece<P> current = peer.current;
        return current != null && open.get(peer.currentPiece) == current && isOpenTo(current, peer)
                ? current.free()
                : 0;
    }

    /** @return how many are left to pick */
    private int take(OpenPiece<P> from, PickerPeer<P> peer, int max, BlockSink sink) {
        int left = max;
        while (left > 0 && from.free() > 0) {
            sink.block(from.piece, from.takeFree(peer));
            left--;
        }
        open.update(from);
        peer.current = from;
        peer.currentPiece = from.piece;
        return left;
    }

    /** Takes blocks of the pieces that the peer itself has named. */
    private int takeFrom(PieceList list, PickerPeer<P> peer, int max, BlockSink sink) {
        int left = max;
        for (int i = 0; i < list.size() && left > 0; i++) {
            int piece = list.get(i);
            if (!wants.missing().get(piece) || !peer.usable().get(piece)) {
                continue;
            }
            OpenPiece<P> there = open.get(piece);
            if (there == null && !isKeptFrom(piece, peer) && !isOnProof(peer) && !isLeftToOthers(piece, peer)) {
                there = start(piece, peer);
            }
            if (there != null && isOpenTo(there, peer)) {
                left = take(there, peer, left, sink);
            }
        }
        return left;
    }

    private OpenPiece<P> start(int piece, PickerPeer<P> peer) {
        startable.remove(piece, wants.level(piece));
        OpenPiece<P> started = open.open(piece, blocks(piece));
        if (isApart(started, peer) || (isFast(peer) && !isUrgent(piece))) {
            started.only = peer;
        }
        if (peer.newcomer) {
            started.proves(peer);
        }
        return started;
    }

    /** First it is to be seen what it sends: a bad one spoils a piece of its own then, and not those of others. Who is alone need not wait. */
    private boolean isOnProof(PickerPeer<P> peer) {
        return peer.newcomer && peer.unproven >= UNPROVEN_BLOCKS && peers.size() > 1;
    }

    private @Nullable OpenPiece<P> nextOfProof(PickerPeer<P> peer) {
        for (OpenPiece<P> piece : open.withFree()) {
            if (piece.proof == peer && isUsable(piece, peer)) {
                return piece;
            }
        }
        return null;
    }

    /** What is wrong with it is to have one sender. */
    private boolean isApart(OpenPiece<P> piece, PickerPeer<P> peer) {
        return peer.parole || peer.newcomer || doubted.get(piece.piece);
    }

    private boolean isUrgent(int piece) {
        return wants.level(piece) == StartablePieces.URGENT;
    }

    private int blocks(int piece) {
        return Math.max(1, blocksOf.applyAsInt(piece));
    }

    private boolean isFast(PickerPeer<P> peer) {
        return peer.inRuns || peer.rate * WHOLE_PIECE_SECONDS >= layout.pieceLength();
    }

    /** Has free blocks that this peer has, and may take without being a nuisance to another. */
    private boolean isOpenTo(OpenPiece<P> piece, PickerPeer<P> peer) {
        return isUsable(piece, peer) && (piece.only == peer || (piece.only == null && !peer.parole && !peer.newcomer));
    }

    private boolean isUsable(OpenPiece<P> piece, PickerPeer<P> peer) {
        return piece.free() > 0
                && wants.level(piece.piece) != 0
                && !isKeptFrom(piece.piece, peer)
                && peer.usable().get(piece.piece);
    }

    private boolean isKeptFrom(int piece, PickerPeer<P> peer) {
        return !peer.sibling && held.get(piece);
    }

    /** Of the pieces that are held back, one that nobody is at, going round from the last one. */
    private int nextHeld(PickerPeer<P> peer) {
        int count = layout.pieceCount();
        int from = peer.currentPiece + 1;
        for (int end : new int[] {count, Math.min(from, count)}) {
            for (int piece = held.nextCommon(peer.usable(), from);
                    piece >= 0 && piece < end;
                    piece = held.nextCommon(peer.usable(), piece + 1)) {
                if (wants.missing().get(piece) && open.get(piece) == null) {
                    return piece;
                }
            }
            from = 0;
        }
        return -1;
    }

    /** A piece that was bad comes again from one peer that is no suspect: then it is soon clear who spoilt it. */
    private int nextDoubted(PickerPeer<P> peer) {
        if (doubted.isEmpty() || peer.parole) {
            return -1;
        }
        int piece = doubted.nextCommon(peer.usable(), 0);
        while (piece >= 0 && !startable.contains(piece, wants.level(piece))) {
            piece = doubted.nextCommon(peer.usable(), piece + 1);
        }
        return piece;
    }

    /** An open piece with free blocks, or one that is opened now, or null. */
    private @Nullable OpenPiece<P> next(PickerPeer<P> peer) {
        if (isOnProof(peer)) {
            return nextOfProof(peer);
        }
        int brought = peer.sibling ? nextHeld(peer) : -1;
        int first = brought >= 0 ? brought : nextDoubted(peer);
        if (first >= 0) {
            return start(first, peer);
        }
        boolean joins = !isFast(peer) || open.withFree().size() >= Math.max(MIN_OPEN, peers.size() * 3 / 2);
        OpenPiece<P> there = bestOpen(peer, joins);
        int floor = there == null ? 0 : wants.level(there.piece);
        int piece = peer.inRuns && !sequential
                ? chooseOfRun(peer, floor)
                : startable.choose(peer.usable(), floor, choice());
        if (piece >= 0 && !isLeftToOthers(piece, peer)) {
            return start(piece, peer);
        }
        return there != null ? there : lastResort(peer);
    }

    /** A suspect is not to spoil what was bad once more where someone who is none will soon have time for it. */
    private boolean isLeftToOthers(int piece, PickerPeer<P> peer) {
        if (!peer.parole || !doubted.get(piece)) {
            return false;
        }
        for (PickerPeer<P> other : peers) {
            if (!other.parole
                    && !other.isChoking()
                    && isFast(other)
                    && other.usable().get(piece)) {
                return true;
            }
        }
        return false;
    }

    /** Goes on with its run, or begins another: in the middle, if the one who reads in runs as well is just coming from the front. */
    private int chooseOfRun(PickerPeer<P> peer, int floor) {
        int enough = Math.max(MIN_RUN, RUN_BYTES / layout.pieceLength());
        int next = peer.currentPiece < 0 ? layout.pieceCount() : peer.currentPiece + 1;
        int piece = startable.chooseRun(peer.usable(), floor, next, enough);
        if (piece <= 0 || piece == next) {
            return piece;
        }
        OpenPiece<P> before = open.get(piece - 1);
        boolean taken = before != null && before.only != null && before.only != peer && before.only.inRuns;
        return taken ? piece + startable.runLength() / 2 : piece;
    }

    private Choice choice() {
        if (sequential) {
            return Choice.FIRST;
        }
        return wants.have().cardinality() + open.size() < RANDOM_FIRST ? Choice.RANDOM : Choice.RAREST;
    }

    /**
     * Of the open pieces, that of the highest level, and of these the one with the fewest free blocks.
     *
     * @param joins false for those only that nobody works at
     */
    private @Nullable OpenPiece<P> bestOpen(PickerPeer<P> peer, boolean joins) {
        OpenPiece<P> best = null;
        List<OpenPiece<P>> withFree = open.withFree();
        for (int i = 0; i < withFree.size(); i++) {
            OpenPiece<P> piece = withFree.get(i);
            if (isOpenTo(piece, peer)
                    && (joins || piece.only == peer || piece.underway() == 0 || isUrgent(piece.piece))
                    && (best == null || isBetter(piece, best))) {
                best = piece;
            }
        }
        return best;
    }

    private boolean isBetter(OpenPiece<P> one, OpenPiece<P> other) {
        int level = Integer.compare(wants.level(one.piece), wants.level(other.piece));
        if (level != 0) {
            return level > 0;
        }
        boolean inOrder = sequential || isUrgent(one.piece);
        return inOrder ? one.piece < other.piece : one.free() < other.free();
    }

    /** Nothing is left to start: free blocks of pieces that others have to themselves, or share with one on parole. */
    private @Nullable OpenPiece<P> lastResort(PickerPeer<P> peer) {
        OpenPiece<P> best = null;
        for (OpenPiece<P> piece : open.withFree()) {
            if (isUsable(piece, peer) && mayJoin(piece, peer) && (best == null || isBetter(piece, best))) {
                best = piece;
            }
        }
        return best;
    }

    /** What a suspect has to itself is left to it, unless that takes long; and suspects are kept away from what others are at. */
    private boolean mayJoin(OpenPiece<P> piece, PickerPeer<P> peer) {
        PickerPeer<P> only = piece.only;
        if (only != null && only.parole) {
            return only == peer || !isFast(only);
        }
        return !peer.parole || piece.underway() == 0;
    }

    // ---- the endgame

    /** All that is missing and can be had is asked for. */
    public boolean isEndgame() {
        if (wants.missing().isEmpty() || open.size() == 0 || startable.anyAvailable()) {
            return false;
        }
        for (OpenPiece<P> piece : open.withFree()) {
            if (wants.level(piece.piece) != 0 && availability.isAvailable(piece.piece)) {
                return false;
            }
        }
        return true;
    }

    private int enough(PickerPeer<P> peer) {
        return (int) Math.min(ENDGAME_REQUESTS, 1 + peer.rate / ENDGAME_RATE);
    }

    /** What is {@link #due} is asked of a second peer, if that is no slower than the first. */
    private int hurry(PickerPeer<P> peer, int max, BlockSink sink) {
        OpenPiece<P> there = due < 0 ? null : open.get(due);
        if (there == null
                || !isUrgent(due)
                || !peer.usable().get(due)
                || isKeptFrom(due, peer)
                || !mayJoin(there, peer)) {
            return max;
        }
        int left = Math.min(max, enough(peer));
        int skipped = max - left;
        for (int block = 0; block < there.blocks && left > 0; block++) {
            if (there.admits(block, peer, 1)) {
                there.ask(block, peer);
                sink.block(due, block);
                left--;
            }
        }
        return left + skipped;
    }

    private int duplicate(PickerPeer<P> peer, int max, BlockSink sink) {
        int left = Math.min(max, enough(peer) - peer.requested);
        int skipped = max - left;
        int looked = 0;
        boolean onProof = isOnProof(peer);
        int first = random.nextInt(open.size());
        for (int holders = 1; holders < OpenPiece.MAX_HOLDERS; holders++) {
            for (int i = 0; i < open.size() && looked < ENDGAME_SCAN && left > 0; i++) {
                OpenPiece<P> piece = open.at((first + i) % open.size());
                if (wants.level(piece.piece) == 0
                        || (onProof && piece.proof != peer)
                        || isKeptFrom(piece.piece, peer)
                        || !mayJoin(piece, peer)
                        || !peer.usable().get(piece.piece)) {
                    continue;
                }
                looked += piece.blocks;
                for (int block = 0; block < piece.blocks && left > 0; block++) {
                    if (piece.admits(block, peer, holders)) {
                        piece.ask(block, peer);
                        sink.block(piece.piece, block);
                        left--;
                    }
                }
            }
        }
        return left + skipped;
    }

    // ---- blocks

    /** True while a block is missing whose piece is open: its payload has a use. */
    public boolean isNeeded(int piece, int block) {
        OpenPiece<P> there = open.get(piece);
        return there != null && block < there.blocks && !there.isReceived(block);
    }

    /** A block came from this peer, asked for or not (it may come after its time-out). */
    public Arrival received(PickerPeer<P> peer, int piece, int block, CancelSink<P> cancels) {
        OpenPiece<P> there = open.get(piece);
        if (there == null || block >= there.blocks || !there.receive(block, peer, cancels)) {
            return Arrival.UNWANTED;
        }
        open.update(there);
        return there.received() == there.blocks ? Arrival.COMPLETED : Arrival.ACCEPTED;
    }

    /** The peer will not send it, or is not waited for any longer. */
    public void release(PickerPeer<P> peer, int piece, int block) {
        OpenPiece<P> there = open.get(piece);
        if (there != null && block < there.blocks && there.release(block, peer)) {
            released(there, peer);
        }
    }

    /** As {@link #release}; and the piece is not asked of this peer again until it unchokes anew (BEP 6). */
    public void rejected(PickerPeer<P> peer, int piece, int block) {
        release(peer, piece, block);
        peer.refuses(piece);
        OpenPiece<P> there = open.get(piece);
        if (there != null && there.proof == peer) {
            there.provesNothing();
        }
    }

    /** It choked us (and knows no BEP 6), or is snubbed: all it was asked for is free again. */
    public void releaseAll(PickerPeer<P> peer) {
        for (int i = open.size() - 1; i >= 0; i--) {
            OpenPiece<P> there = open.at(i);
            boolean any = there.only == peer;
            for (int block = 0; block < there.blocks && peer.requested > 0; block++) {
                any |= there.release(block, peer);
            }
            if (any) {
                released(there, peer);
            }
        }
    }

    private void released(OpenPiece<P> there, PickerPeer<P> peer) {
        if (there.only == peer) {
            there.only = null;
        }
        open.update(there);
        if (there.free() == there.blocks) {
            close(there);
        }
    }

    private void close(OpenPiece<P> there) {
        open.close(there);
        offer(there.piece);
    }

    /** Who sent this block of an open piece; null if it is not received, or came from the disk. */
    public @Nullable PickerPeer<P> senderOf(int piece, int block) {
        OpenPiece<P> there = open.get(piece);
        return there == null || block >= there.blocks ? null : there.senderOf(block);
    }

    // ---- pieces

    /** The piece matched its hash. */
    public void verified(int piece) {
        OpenPiece<P> there = open.get(piece);
        if (there != null) {
            open.close(there);
        } else {
            startable.remove(piece, wants.level(piece));
        }
        wants.verified(piece);
        doubted.clear(piece);
    }

    /** The piece did not match: all of it is fetched again. */
    public void failed(int piece) {
        OpenPiece<P> there = open.get(piece);
        if (there != null) {
            doubted.set(piece);
            close(there);
        }
    }

    /** The piece did not match, and (v2) these are its bad blocks: the others are kept. */
    public void failed(int piece, BitSet badBlocks) {
        OpenPiece<P> there = open.get(piece);
        if (there == null) {
            return;
        }
        for (int block = badBlocks.nextSetBit(0);
                block >= 0 && block < there.blocks;
                block = badBlocks.nextSetBit(block + 1)) {
            there.spoil(block);
        }
        there.only = null;
        open.update(there);
        if (there.free() == there.blocks) {
            close(there);
        }
    }

    /** Of resume data, or checked: these are verified, whatever was open of them. */
    public void markHave(Bitfield pieces) {
        for (int piece = pieces.nextSet(0); piece >= 0; piece = pieces.nextSet(piece + 1)) {
            verified(piece);
        }
    }

    /** A verified piece turned out to be damaged or gone. */
    public void lost(int piece) {
        if (wants.lost(piece)) {
            offer(piece);
        }
    }

    /**
     * Of resume data: blocks of a piece that are on the disk, unverified.
     *
     * @return true if these are all, so that the piece wants hashing
     */
    public boolean restore(int piece, BitSet blocks) {
        if (wants.have().get(piece) || blocks.isEmpty()) {
            return false;
        }
        OpenPiece<P> there = open.get(piece);
        if (there == null) {
            startable.remove(piece, wants.level(piece));
            there = open.open(piece, blocks(piece));
        }
        for (int block = blocks.nextSetBit(0);
                block >= 0 && block < there.blocks;
                block = blocks.nextSetBit(block + 1)) {
            there.restore(block);
        }
        open.update(there);
        return there.received() == there.blocks;
    }

    /** The received blocks of an open piece; empty for others. */
    public BitSet receivedBlocks(int piece) {
        OpenPiece<P> there = open.get(piece);
        return there == null ? new BitSet() : there.receivedBlocks();
    }

    /** Pieces of which some block was asked for or received, unverified. */
    public int[] openPieces() {
        var pieces = new int[open.size()];
        for (int i = 0; i < pieces.length; i++) {
            pieces[i] = open.at(i).piece;
        }
        return pieces;
    }

    // ---- status

    /** What is verified; not to be changed. */
    public Bitfield have() {
        return wants.have();
    }

    /** What is wanted and not verified; not to be changed. */
    public Bitfield missing() {
        return wants.missing();
    }

    /** All that is wanted is verified. */
    public boolean isFinished() {
        return wants.missing().isEmpty();
    }

    /** Bytes verified. */
    public long haveBytes() {
        return wants.haveBytes();
    }

    /** Bytes of the wanted pieces. */
    public long wantedBytes() {
        return wants.wantedBytes();
    }

    /** Bytes of the wanted pieces that are verified. */
    public long wantedHaveBytes() {
        return wants.wantedHaveBytes();
    }

    /** How many peers have this piece. */
    public int availability(int piece) {
        return availability.seeds() + availability.copies(piece);
    }

    /** Whole copies of the content among the peers, and as a fraction the share of pieces of which there is one more. */
    public double distributedCopies() {
        return availability.distributedCopies();
    }
}
