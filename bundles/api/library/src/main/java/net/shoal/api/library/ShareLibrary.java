package net.shoal.api.library;

import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;

/** What the user offers. */
@ProviderType
public interface ShareLibrary {
    /**
     * Hashes a file or folder and seeds it in place. Fails with an {@link IllegalArgumentException} that says what is wrong with the
     * request, or an {@link java.io.IOException} that says what could not be read.
     *
     * @param progress hears of the hashing, on any thread
     */
    CompletionStage<Share> share(ShareRequest request, HashProgress progress);

    /** How far hashing is, in bytes. */
    @FunctionalInterface
    interface HashProgress {
        void on(long hashed, long total);
    }
}
