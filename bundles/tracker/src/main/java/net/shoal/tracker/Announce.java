package net.shoal.tracker;

import java.net.InetAddress;
import net.shoal.base.model.Sha1Hash;

/**
 * One peer telling of itself.
 *
 * @param address where it asks from; what it says of that itself is never believed
 * @param wants how many peers it would like to hear of, of each family
 */
record Announce(
        Sha1Hash infoHash, Sha1Hash peerId, InetAddress address, int port, boolean isSeed, Event event, int wants) {
    Role role() {
        if (isSeed) {
            return Role.SEED;
        }
        return event == Event.PAUSED ? Role.PARTIAL_SEED : Role.DOWNLOADER;
    }
}
