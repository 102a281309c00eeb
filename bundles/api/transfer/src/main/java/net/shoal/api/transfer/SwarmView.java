package net.shoal.api.transfer;

import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.Optional;
import net.shoal.base.metainfo.Info;
import net.shoal.base.model.InfoHashes;
import org.osgi.annotation.versioning.ProviderType;

/** A swarm, as a {@link WireExtension} sees it. For use on the swarm's loop only. */
@ProviderType
public interface SwarmView {
    InfoHashes hashes();

    /** Once known. Only then is it known whether the torrent is private (BEP 27). */
    Optional<Info> info();

    /**
     * Offers an info dictionary that peers have sent.
     *
     * @return false if it is not the one our infohash names, or breaks a bound
     */
    boolean offerInfoDictionary(ByteBuffer bytes);

    /** The peers we are connected to now. */
    Collection<ConnectedPeer> peers();
}
