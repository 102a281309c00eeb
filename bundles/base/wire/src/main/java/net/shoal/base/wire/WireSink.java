package net.shoal.base.wire;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Takes what a {@link WireReader} reads, in order, on the caller's thread. */
public interface WireSink {
    void onMessage(Message message);

    /**
     * A block begins: gives the buffer its payload goes to ({@code length} bytes from its position, which stays where it is), so
     * that nothing is copied twice, or null to skip the payload (nobody asked for it). The buffer must stay as it is until the
     * block ends.
     *
     * @throws ProtocolException to end the connection
     */
    @Nullable
    ByteBuffer beginBlock(int piece, int offset, int length) throws ProtocolException;

    /** All of the block that began last has arrived. Not called for skipped ones. */
    void endBlock(int piece, int offset, int length);
}
