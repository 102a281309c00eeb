package net.shoal.api.transfer;

import java.nio.ByteBuffer;
import org.osgi.annotation.versioning.ProviderType;

/** Where a {@link SourceSession} puts what it reads. From any thread, but one call after the other. */
@ProviderType
public interface SourceSink {
    /** The bytes that come next. The source leaves the buffer alone from now on. */
    void bytes(ByteBuffer next);

    /** All that was asked for has been given. */
    void done();

    /** No more comes. */
    void failed(SourceException failure);
}
