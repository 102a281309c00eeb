package net.shoal.api.net;

import java.util.Collection;
import net.shoal.base.model.Sha1Hash;
import net.shoal.base.wire.Handshake;
import org.osgi.annotation.versioning.ProviderType;

/** Whose swarm an inbound connection is for: what the front door asks the engine. Methods may be called on any event loop. */
@ProviderType
public interface SwarmDirectory {
    /** The 20-byte infohashes that are served now; a snapshot. */
    Collection<Sha1Hash> infoHashes();

    /**
     * Takes over a connection whose handshake has been read (ours has not been sent), with auto-read off. Bytes that came after the
     * handshake are fired into the pipeline when the new owner turns reading on.
     *
     * @return false if no swarm wants it; the caller then closes it
     */
    boolean accept(SecureChannel channel, Handshake handshake);
}
