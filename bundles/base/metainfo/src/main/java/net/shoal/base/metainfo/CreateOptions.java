package net.shoal.base.metainfo;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How to make a metainfo.
 *
 * @param pieceLength bytes, a power of two from 16 KiB on; empty: chosen by size
 * @param title name of the torrent where it is not the file's or folder's own
 */
public record CreateOptions(
        Format format,
        OptionalInt pieceLength,
        Optional<String> title,
        Optional<String> comment,
        Optional<String> source,
        boolean isPrivate,
        List<List<URI>> trackers,
        List<URI> webSeeds) {
    /** Which versions of the protocol the torrent speaks. */
    public enum Format {
        /** Hybrid unless its padding would add more than 5 %, then v1. */
        AUTO,
        V1,
        V2,
        HYBRID
    }

    public static final CreateOptions DEFAULTS = new CreateOptions(
            Format.AUTO,
            OptionalInt.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            false,
            List.of(),
            List.of());
}
