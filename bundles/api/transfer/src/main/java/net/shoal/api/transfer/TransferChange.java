package net.shoal.api.transfer;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import net.shoal.base.model.PeerAddress;

/** What can be asked of a running transfer. */
public sealed interface TransferChange {
    /** Several at once, in this order: if one of them is refused, none is carried out. Not those that take their time, such as a move. */
    record Together(List<TransferChange> changes) implements TransferChange {
        public Together {
            changes = List.copyOf(changes);
        }
    }

    record Pause() implements TransferChange {}

    record Resume() implements TransferChange {}

    /** Hashes all that is on disk again. */
    record Recheck() implements TransferChange {}

    record AddPeers(List<PeerAddress> peers) implements TransferChange {}

    /** As a new tier. */
    record AddTrackers(List<URI> trackers) implements TransferChange {}

    record AddWebSeeds(List<URI> urls) implements TransferChange {}

    /** Pieces in order rather than rarest first. */
    record Sequential(boolean sequential) implements TransferChange {}

    /** The first and last pieces of each file before the others. */
    record FirstAndLast(boolean firstAndLast) implements TransferChange {}

    /** BEP 16. */
    record SuperSeed(boolean superSeed) implements TransferChange {}

    /** @param files priorities by the index of the file in the info dictionary; others stay as they are */
    record Prioritise(Map<Integer, FilePriority> files) implements TransferChange {
        public Prioritise {
            files = Map.copyOf(files);
        }
    }

    /** In place of the limits there were. */
    record Limit(TransferLimits limits) implements TransferChange {}

    /** At work whatever the queue says. */
    record Force(boolean forced) implements TransferChange {}

    /** A place in the queue of the node. */
    record Queue(Place place) implements TransferChange {
        /** Where to. */
        public enum Place {
            TOP,
            UP,
            DOWN,
            BOTTOM
        }
    }

    /** Takes what is on disk along to another folder; what was shared in place is only looked for there. */
    record Move(Path directory) implements TransferChange {}

    /**
     * Gives a file or folder another name on disk; the torrent's own names stay.
     *
     * @param path as in {@link TransferDetails.FileStatus}, or a folder above such; empty for the root of the content
     * @param name the new last name of it
     */
    record Rename(String path, String name) implements TransferChange {}
}
