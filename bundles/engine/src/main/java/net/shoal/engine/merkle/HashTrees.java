package net.shoal.engine.merkle;

import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.shoal.base.metainfo.Metainfo;
import net.shoal.base.model.Bitfield;
import net.shoal.base.model.Sha256Hash;
import net.shoal.base.wire.Message;

/** The hash trees of a v2 or hybrid torrent. On the swarm's loop. */
public final class HashTrees {
    /** A request that is not answered in this time goes to someone else. */
    public static final Duration TIMEOUT = Duration.ofSeconds(15);

    public static final int MAX_LEAF_PIECES = 8;

    /** @param metainfo with v2 infohash; its piece layers are used as far as there are any */
    public HashTrees(Metainfo metainfo) {}

    // ---- verifying

    /** True if the root of this piece is known. */
    public boolean knows(int piece) {
        return false;
    }

    /** True if all roots of pieces are known. */
    public boolean isComplete() {
        return false;
    }

    /** All complete piece layers, for files of more than one piece: as {@link Metainfo#pieceLayers}. */
    public Map<Sha256Hash, List<Sha256Hash>> pieceLayers() {
        return Map.of();
    }

    /** Adds piece layers found elsewhere; those that do not match their root, or are not of this torrent, are left out. */
    public void add(Map<Sha256Hash, List<Sha256Hash>> layers) {}

    /** Bytes of a piece that the tree covers: without the padding of hybrid torrents. Its blocks are hashed over these. */
    public int lengthOf(int piece) {
        return 0;
    }

    /**
     * @param blockHashes SHA-256 of each 16 KiB of {@link #lengthOf}, the last as short as it is
     * @throws IllegalStateException unless {@link #knows}
     */
    public boolean matches(int piece, List<Sha256Hash> blockHashes) {
        return false;
    }

    /** Asks peers for the leaves of a piece that did not match, until {@link #badBlocks} can tell. */
    public void wantLeaves(int piece) {}

    /** Which blocks of a piece are bad; empty as long as its leaves are not known (a piece of one block knows them always). */
    public Optional<BitSet> badBlocks(int piece, List<Sha256Hash> blockHashes) {
        return Optional.empty();
    }

    /** The piece is verified: its leaves are not needed any longer. */
    public void forgetLeaves(int piece) {}

    // ---- asking peers

    /**
     * The next request for this peer, if there is one for it now; counts as sent. Few at a time go to one peer.
     *
     * @param peer any object that stands for the peer
     * @param now nanoseconds
     */
    public Optional<Message.HashRequest> request(Object peer, Bitfield has, long now) {
        return Optional.empty();
    }

    public HashesVerdict received(Object peer, Message.Hashes hashes) {
        return HashesVerdict.UNREQUESTED;
    }

    /** The request goes to other peers; not again to this one. */
    public void rejected(Object peer, Message.HashReject reject) {}

    public void removePeer(Object peer) {}

    // ---- answering peers

    /** @param have our verified pieces */
    public HashAnswer answer(Message.HashRequest request, Bitfield have) {
        return new HashAnswer.Refuse(new Message.HashReject(request.piecesRoot(), 0, 0, 0, 0));
    }

    /** @param leaves the hashes of all blocks of the pieces that {@link HashAnswer.NeedsLeaves} named, in order */
    public HashAnswer answer(Message.HashRequest request, List<Sha256Hash> leaves) {
        return new HashAnswer.Refuse(new Message.HashReject(request.piecesRoot(), 0, 0, 0, 0));
    }
}
