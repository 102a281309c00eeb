package net.shoal.api.transfer;

import java.nio.ByteBuffer;
import java.util.Optional;
import net.shoal.base.model.InfoHashes;
import org.osgi.annotation.versioning.ProviderType;

/** One peer, as a {@link WireExtension} sees it. For use on the swarm's loop only. */
@ProviderType
public interface PeerWire {
    InfoHashes hashes();

    /** Sends a message of this extension; dropped where the peer has not said that it knows the extension. */
    void send(ByteBuffer payload);

    /** The info dictionary, once known; read-only. */
    Optional<ByteBuffer> infoDictionary();

    /**
     * Offers an info dictionary that peers have sent.
     *
     * @return false if it is not the one our infohash names, or breaks a bound
     */
    boolean offerInfoDictionary(ByteBuffer bytes);

    /** Ends the connection: this peer broke the protocol. */
    void reject(String reason);
}
