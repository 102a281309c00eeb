package net.shoal.api.transfer;

import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;

/** Reads the files of transfers, also of those that still download: what is read next is fetched first. */
@ProviderType
public interface ContentReading {
    /**
     * Done once the transfer knows its files. Fails with an {@link IllegalArgumentException} if there is no such file or it is not
     * selected, and with a {@link StorageException} if it has too many readers already.
     *
     * @param file index in the info dictionary, see {@link TransferDetails.FileStatus#index}
     */
    CompletionStage<ContentReader> open(Transfer transfer, int file);
}
