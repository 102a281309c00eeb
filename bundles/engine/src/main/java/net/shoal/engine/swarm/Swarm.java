package net.shoal.engine.swarm;

import java.util.Collection;
import net.shoal.api.transfer.PieceStore;
import net.shoal.base.metainfo.Metainfo;
import net.shoal.base.model.Bitfield;
import net.shoal.base.model.InfoHashes;
import net.shoal.base.model.PeerAddress;
import net.shoal.base.wire.Handshake;

/** All that happens between us and the peers of one torrent. On its loop only. */
public final class Swarm {
    public Swarm(SwarmContext context, InfoHashes hashes, SwarmOwner owner) {}

    /** Begins to dial and to keep time. Peers are welcome from here on. */
    public void start() {}

    /** Gives it the content, once what of it is verified is known. Before that it fetches the info dictionary at most. */
    public void setContent(Metainfo metainfo, PieceStore store, Bitfield verified) {}

    /** Only these pieces are fetched. */
    public void setWanted(Bitfield wanted) {}

    public void setSequential(boolean sequential) {}

    /** Addresses to dial; bounded and deduplicated here. */
    public void found(Collection<PeerAddress> peers) {}

    /** A connection that somebody dialled to us, after both handshakes. Closes it if there is no room. */
    public void accept(PeerLink link, Handshake theirs) {}

    /** The handshake to answer a peer that asked for this swarm. */
    public Handshake handshake(Handshake theirs) {
        return theirs;
    }

    /** Closes every connection and stops all timers. */
    public void close(String reason) {}
}
