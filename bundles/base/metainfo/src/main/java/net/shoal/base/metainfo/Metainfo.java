package net.shoal.base.metainfo;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.shoal.base.model.Sha256Hash;

/**
 * The content of a .torrent file: an info dictionary and what stands beside it.
 *
 * @param trackers tiers of announce URLs (BEP 12), empty without any
 * @param webSeeds BEP 19
 * @param pieceLayers for each file of more than one piece, by its pieces root: the hashes of its pieces, checked against the
 *     root (BEP 52). Lacks those not known yet, as when the info dictionary came from peers
 */
public record Metainfo(
        Info info,
        List<List<URI>> trackers,
        List<URI> webSeeds,
        Map<Sha256Hash, List<Sha256Hash>> pieceLayers,
        Optional<String> comment,
        Optional<String> createdBy,
        Optional<Instant> created) {
    public Metainfo {
        trackers = trackers.stream().map(List::copyOf).toList();
        webSeeds = List.copyOf(webSeeds);
        pieceLayers = Map.copyOf(pieceLayers);
    }

    /** Of an info dictionary alone, as it comes from peers (BEP 9). */
    public static Metainfo of(Info info) {
        return new Metainfo(info, List.of(), List.of(), Map.of(), Optional.empty(), Optional.empty(), Optional.empty());
    }
}
