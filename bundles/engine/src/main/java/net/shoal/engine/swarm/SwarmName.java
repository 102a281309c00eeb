package net.shoal.engine.swarm;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import net.shoal.base.metainfo.Info;
import net.shoal.base.metainfo.MetainfoException;
import net.shoal.base.metainfo.MetainfoReader;
import net.shoal.base.model.InfoHashes;
import net.shoal.base.model.PeerId;
import net.shoal.base.model.Sha1Hash;
import net.shoal.base.wire.Handshake;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** By what a swarm is known: its infohashes, the info dictionary they stand for once that is there, and the handshakes that name it. */
final class SwarmName {
    private static final Logger LOG = LoggerFactory.getLogger(SwarmName.class);

    private final PeerId ours;
    private final BooleanSupplier isNode;
    private InfoHashes hashes;
    private Optional<Info> info = Optional.empty();

    /** @param isNode we are a node of the DHT now */
    SwarmName(InfoHashes hashes, PeerId ours, BooleanSupplier isNode) {
        this.hashes = hashes;
        this.ours = ours;
        this.isNode = isNode;
    }

    InfoHashes hashes() {
        return hashes;
    }

    Optional<Info> info() {
        return info;
    }

    /** BEP 27; not before the info dictionary says so. */
    boolean isPrivate() {
        return info.filter(Info::isPrivate).isPresent();
    }

    void known(Info now) {
        info = Optional.of(now);
        hashes = now.hashes();
    }

    /** Reads what may be our info dictionary; empty if it is not. */
    Optional<Info> read(ByteBuffer bytes) {
        try {
            return Optional.of(new MetainfoReader().info(bytes))
                    .filter(offered -> offered.hashes().overlaps(hashes));
        } catch (MetainfoException e) {
            LOG.debug("{}: a bad info dictionary: {}", hashes.hex(), e.getMessage());
            return Optional.empty();
        }
    }

    boolean isNamedBy(Handshake theirs) {
        return hashes.wireForms().contains(theirs.infoHash());
    }

    /** @param v2 name the torrent by its v2 infohash, where it has both */
    Handshake handshake(boolean v2) {
        var wireForms = hashes.wireForms();
        return handshake(wireForms.get(v2 ? wireForms.size() - 1 : 0));
    }

    /** A peer that names a hybrid by its v1 infohash and says that it knows v2 is answered with the v2 infohash (BEP 52, upgrade path). */
    Handshake answer(Handshake theirs) {
        boolean upgrades = hashes.isHybrid() && theirs.supports(Handshake.V2);
        return upgrades ? handshake(true) : handshake(theirs.infoHash());
    }

    private Handshake handshake(Sha1Hash infoHash) {
        long reserved = Handshake.EXTENSION_PROTOCOL | Handshake.FAST | (isNode.getAsBoolean() ? Handshake.DHT : 0);
        return new Handshake(hashes.isHybrid() ? reserved | Handshake.V2 : reserved, infoHash, ours);
    }
}
