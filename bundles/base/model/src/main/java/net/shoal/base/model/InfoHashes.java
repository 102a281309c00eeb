package net.shoal.base.model;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** All that one torrent is named by: v1, v2, or for a hybrid both (BEP 52). At least one is there. */
public record InfoHashes(Optional<InfoHash.V1> v1, Optional<InfoHash.V2> v2) {
    public InfoHashes {
        if (v1.isEmpty() && v2.isEmpty()) {
            throw new IllegalArgumentException("a torrent has at least one infohash");
        }
    }

    public static InfoHashes of(InfoHash hash) {
        if (hash instanceof InfoHash.V1 v1) {
            return new InfoHashes(Optional.of(v1), Optional.empty());
        }
        return new InfoHashes(Optional.empty(), Optional.of((InfoHash.V2) hash));
    }

    public boolean isHybrid() {
        return v1.isPresent() && v2.isPresent();
    }

    /** The name of the torrent towards the user: v1 where there is one. */
    public InfoHash primary() {
        return v1.<InfoHash>map(hash -> hash).or(() -> v2).orElseThrow();
    }

    /** The one or two 20-byte forms under which peers may ask for this torrent. */
    public List<Sha1Hash> wireForms() {
        return Stream.concat(v1.map(InfoHash::wire).stream(), v2.map(InfoHash::wire).stream())
                .toList();
    }

    /** True if both name at least one infohash in common. */
    public boolean overlaps(InfoHashes other) {
        return (v1.isPresent() && v1.equals(other.v1)) || (v2.isPresent() && v2.equals(other.v2));
    }

    public String hex() {
        return primary().hex();
    }
}
