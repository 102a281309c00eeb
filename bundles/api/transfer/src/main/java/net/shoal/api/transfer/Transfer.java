package net.shoal.api.transfer;

import java.util.concurrent.CompletionStage;
import net.shoal.base.metainfo.Metainfo;
import net.shoal.base.model.InfoHashes;
import org.osgi.annotation.versioning.ProviderType;

/** A user's handle on one swarm. Safe for use from any thread. */
@ProviderType
public interface Transfer {
    /** Grows a second infohash when a magnet link of one turns out to be a hybrid. */
    InfoHashes hashes();

    /** A snapshot, cheap enough for several a second. */
    TransferStatus status();

    /** More than a list needs: files, peers, pieces, discovery. Collected on the swarm's loop. */
    CompletionStage<TransferDetails> details();

    /** Done once the info dictionary is known. */
    CompletionStage<Metainfo> metainfo();

    /** Done once the change is in force; fails with an {@link IllegalArgumentException} that says what would be right. */
    CompletionStage<Void> change(TransferChange change);
}
