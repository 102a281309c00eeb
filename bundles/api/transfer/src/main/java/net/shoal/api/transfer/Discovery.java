package net.shoal.api.transfer;

import org.osgi.annotation.versioning.ConsumerType;

/** A way to find the peers of a swarm. A whiteboard service: the engine asks every one there is, as they come and go. */
@ConsumerType
public interface Discovery {
    /** For the user, such as {@code tracker} or {@code dht}. */
    String name();

    /**
     * True if it asks nobody but the trackers of {@link Wanted}, and finds nobody but whom these name. For a private torrent the engine
     * asks no other (BEP 27).
     */
    default boolean asksTrackersAlone() {
        return false;
    }

    /** Begins to look, and to announce where {@code wanted} allows it, until the session is closed. Must not block. */
    DiscoverySession discover(Wanted wanted, PeerSink sink);
}
