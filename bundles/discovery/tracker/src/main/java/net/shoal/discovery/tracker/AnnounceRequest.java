package net.shoal.discovery.tracker;

import java.util.Optional;
import net.shoal.base.bencode.BString;
import net.shoal.base.model.PeerId;
import net.shoal.base.model.Sha1Hash;

/**
 * One announce. The address we are reached at is never among it: a tracker sees that for itself.
 *
 * @param uploaded bytes, as {@code downloaded} and {@code left}
 * @param wants how many peers we would like to hear of
 * @param key tells a tracker that we are the same after our address changed
 * @param trackerId what this tracker asked to be told again
 */
record AnnounceRequest(
        Sha1Hash infoHash,
        PeerId peerId,
        int port,
        long uploaded,
        long downloaded,
        long left,
        Event event,
        int wants,
        int key,
        Optional<BString> trackerId) {}
