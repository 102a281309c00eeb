package net.shoal.api.transfer;

import org.osgi.annotation.versioning.ConsumerType;

/** A part of a file that is being read. */
@ConsumerType
public interface SourceReading {
    /** Off: soon nothing more comes, until it is on again. A source that waits then must not take that for a fault of its server. */
    void setReading(boolean on);

    /** It is not needed any more; what still comes is thrown away. */
    void close();
}
