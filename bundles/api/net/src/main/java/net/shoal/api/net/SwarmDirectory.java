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
     * Takes over a connection whose handshake has been read (ours has not been sent), with auto-read off. The new owner adds its
     * handlers at the end of the pipeline, having moved the channel to its own event loop if need be ({@link ChannelMove}). Bytes
     * that came after the handshake are fired to them when it turns reading on.
     *
     * @return false if no swarm wants it; the caller then closes it
     */
    boolean accept(SecureChannel channel, Handshake handshake);
}
