package net.shoal.api.library;

import java.util.List;
import java.util.concurrent.CompletionStage;
import net.shoal.api.transfer.Transfer;
import net.shoal.base.metainfo.MagnetLink;
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

    /** What is offered where it lies; also what is paused, or cannot be read any more. */
    List<Share> shares();

    /** Offers it no longer. What lies on disk is never touched. */
    CompletionStage<Void> unshare(Share share);

    /** What to send to others, also of something that is no share: it names the content, and where this node can be reached. */
    MagnetLink link(Transfer transfer);

    /** How far hashing is, in bytes. */
    @FunctionalInterface
    interface HashProgress {
        void on(long hashed, long total);
    }
}
