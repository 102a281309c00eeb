package net.shoal.base.bencode;

import java.nio.ByteBuffer;

/** A bencoded value (BEP 3). */
public sealed interface BValue permits BInteger, BString, BList, BDict {
    /** The very bytes a list or dictionary was read from, which an infohash is over; otherwise the canonical encoding. Read-only. */
    default ByteBuffer encoded() {
        return ByteBuffer.wrap(BencodeWriter.write(this)).asReadOnlyBuffer();
    }
}
