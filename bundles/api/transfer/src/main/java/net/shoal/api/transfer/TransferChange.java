package net.shoal.api.transfer;

import java.net.URI;
import java.util.List;
import net.shoal.base.model.PeerAddress;

/** What can be asked of a running transfer. */
public sealed interface TransferChange {
    record Pause() implements TransferChange {}

    record Resume() implements TransferChange {}

    /** Hashes all that is on disk again. */
    record Recheck() implements TransferChange {}

    record AddPeers(List<PeerAddress> peers) implements TransferChange {}

    /** As a new tier. */
    record AddTrackers(List<URI> trackers) implements TransferChange {}

    /** Pieces in order rather than rarest first. */
    record Sequential(boolean sequential) implements TransferChange {}
}
