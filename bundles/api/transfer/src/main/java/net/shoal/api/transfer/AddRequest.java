package net.shoal.api.transfer;

import java.util.List;
import java.util.Optional;
import net.shoal.base.metainfo.MagnetLink;
import net.shoal.base.metainfo.Metainfo;
import net.shoal.base.model.PeerAddress;

/**
 * What to transfer and how.
 *
 * @param location where the content lies or is to lie
 * @param existing what to make of data that is there already
 * @param only globs over file paths (with {@code /}, from the torrent's root down); empty means everything
 * @param peers to dial at once
 * @param storage {@link StorageProvider#NAME} of the storage to use; empty means the default
 */
public record AddRequest(
        Source source,
        ContentLocation location,
        Existing existing,
        Visibility visibility,
        List<String> only,
        boolean sequential,
        List<PeerAddress> peers,
        Optional<String> storage,
        Begin begin) {
    public AddRequest {
        only = List.copyOf(only);
        peers = List.copyOf(peers);
    }

    /** Of a transfer that begins at once. */
    public AddRequest(
            Source source,
            ContentLocation location,
            Existing existing,
            Visibility visibility,
            List<String> only,
            boolean sequential,
            List<PeerAddress> peers,
            Optional<String> storage) {
        this(source, location, existing, visibility, only, sequential, peers, storage, Begin.NOW);
    }

    /** When it goes to work. */
    public enum Begin {
        NOW,
        /** At {@link TransferChange.Resume}, so that more can be said of it before. */
        WHEN_RESUMED,
        /** The same; until it is known what would come, it asks peers for that, and for nothing else. */
        AFTER_A_LOOK
    }

    /** What names the content. */
    public sealed interface Source {
        record Magnet(MagnetLink link) implements Source {}

        record Torrent(Metainfo metainfo) implements Source {}
    }

    /** What to make of data that is at the location already. */
    public enum Existing {
        /** A download: what is there and verifies is kept, unrelated files are never overwritten. */
        KEEP_VERIFIED,
        /** A share: everything must be there and verify, and is never written to. */
        MUST_VERIFY,
        /** A share whose metainfo was made from these very files a moment ago: not hashed again, never written to. */
        TRUSTED
    }
}
