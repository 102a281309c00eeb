package net.shoal.engine.swarm;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import net.shoal.api.transfer.Obstacle;
import net.shoal.api.transfer.TransferDetails.PeerStatus;
import net.shoal.base.metainfo.Metainfo;
import net.shoal.base.model.Bitfield;

/** How a swarm stands, for who keeps it to tell. On the swarm's loop. */
public final class SwarmReport {
    private final Swarm swarm;

    public SwarmReport(Swarm swarm) {
        this.swarm = swarm;
    }

    /** Payload received. */
    public long downloaded() {
        return swarm.totals().down();
    }

    public long uploaded() {
        return swarm.totals().up();
    }

    /** Bytes a second. */
    public long downRate() {
        return swarm.totals().downRate();
    }

    public long upRate() {
        return swarm.totals().upRate();
    }

    public int peers() {
        return swarm.peers().count();
    }

    /** Those that want nothing more. */
    public int seeds() {
        return (int) swarm.peers().all().stream()
                .filter(PeerConnection::isUploadOnly)
                .count();
    }

    public int known() {
        return swarm.dialling().known();
    }

    public boolean hasContent() {
        return swarm.content().isPresent();
    }

    /** All that is wanted is verified. */
    public boolean isFinished() {
        return swarm.picker().isFinished();
    }

    /** Verified pieces, as they are now. */
    public Bitfield verified() {
        return swarm.picker().have().copy();
    }

    /** Blocks on disk, by piece, of pieces that are not verified. */
    public Map<Integer, BitSet> unverified() {
        return hasContent() ? swarm.download().onDisk() : Map.of();
    }

    /** Wanted pieces that are not verified, as they are now. */
    public Bitfield missing() {
        return swarm.picker().missing().copy();
    }

    /** Bytes of the wanted pieces that are not verified. */
    public long left() {
        return swarm.picker().wantedBytes() - swarm.picker().wantedHaveBytes();
    }

    /** Bytes of all pieces, wanted or not, that are not verified. */
    public long missingBytes() {
        return swarm.content().orElseThrow().layout().totalLength()
                - swarm.picker().haveBytes();
    }

    /** The metainfo with all that peers have told of it. */
    public Metainfo enrich(Metainfo metainfo) {
        return swarm.content()
                .flatMap(Content::trees)
                .map(trees -> new Metainfo(
                        metainfo.info(),
                        metainfo.trackers(),
                        metainfo.webSeeds(),
                        trees.pieceLayers(),
                        metainfo.comment(),
                        metainfo.createdBy(),
                        metainfo.created()))
                .orElse(metainfo);
    }

    /** What keeps it from being faster; this looks at each peer and piece. */
    public List<Obstacle> obstacles() {
        return new Diagnosis(swarm).obstacles();
    }

    public List<PeerStatus> peerStatus() {
        var all = new ArrayList<PeerStatus>();
        for (var peer : swarm.peers().all()) {
            var traffic = peer.traffic();
            all.add(new PeerStatus(
                    peer.address(),
                    peer.client(),
                    peer.link().transport(),
                    peer.link().security(),
                    peer.link().encrypted(),
                    peer.link().inbound(),
                    peer.pieces().share(),
                    traffic.downRate(),
                    traffic.upRate(),
                    traffic.down(),
                    traffic.up(),
                    flags(peer)));
        }
        return all;
    }

    private static String flags(PeerConnection peer) {
        var flags = new StringBuilder();
        if (peer.pieces().isInteresting()) {
            flags.append(peer.isChokingUs() ? 'd' : 'D');
        }
        if (peer.serving().isInterested()) {
            flags.append(peer.serving().isChoked() ? 'u' : 'U');
        }
        if (peer.isSnubbed()) {
            flags.append('S');
        }
        if (peer.isUploadOnly()) {
            flags.append('s');
        }
        if (peer.link().inbound()) {
            flags.append('I');
        }
        return flags.toString();
    }
}
