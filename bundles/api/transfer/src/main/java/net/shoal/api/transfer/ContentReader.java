package net.shoal.api.transfer;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;

/** Reads one file of a transfer; nothing that is not verified is ever read. Safe for use from any thread. */
@ProviderType
public interface ContentReader extends AutoCloseable {
    /** Of the file, in bytes. */
    long length();

    /**
     * Fills the buffer as far as the content from here on is verified, at least with one byte, for which it waits. What follows it is
     * fetched before all else until the next read says otherwise, or this is closed. One read at a time.
     *
     * <p>Fails with an {@link java.io.IOException} that says why there is nothing to wait for: the transfer is paused, has failed or is
     * removed, or this is closed.
     *
     * @param offset in the file
     * @return how many bytes were read; 0 at the end of the file and beyond
     */
    CompletionStage<Integer> read(long offset, ByteBuffer into);

    @Override
    void close();
}
