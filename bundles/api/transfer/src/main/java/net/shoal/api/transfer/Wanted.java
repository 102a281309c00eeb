package net.shoal.api.transfer;

import java.net.URI;
import java.util.List;
import net.shoal.base.model.InfoHashes;
import net.shoal.base.model.PeerId;

/**
 * What a {@link Discovery} looks for.
 *
 * @param trackers tiers of announce URLs (BEP 12)
 * @param isPrivate BEP 27: only the trackers named here may learn of it
 * @param isPrivateKnown false while the info dictionary is still to come
 * @param port where we listen
 */
public record Wanted(
        InfoHashes hashes,
        List<List<URI>> trackers,
        boolean isPrivate,
        boolean isPrivateKnown,
        Visibility visibility,
        PeerId peerId,
        int port) {}
