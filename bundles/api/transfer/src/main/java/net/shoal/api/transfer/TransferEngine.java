package net.shoal.api.transfer;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;

/** Holds the transfers of a node. The service is there once the transfers of the last run are loaded. */
@ProviderType
public interface TransferEngine {
    /**
     * Adds a transfer, or gives the one there is for the same content (then peers, trackers and piece layers that are new are added to it).
     *
     * @throws IllegalArgumentException if the request cannot be carried out, saying what would
     */
    Transfer add(AddRequest request);

    /** By any infohash of the content. */
    Optional<Transfer> find(String infoHashHex);

    List<Transfer> list();

    /**
     * Forgets a transfer and waits for its files to be closed.
     *
     * @param deleteData also removes what was downloaded; content that was shared in place is never touched
     */
    CompletionStage<Void> remove(Transfer transfer, boolean deleteData);
}
