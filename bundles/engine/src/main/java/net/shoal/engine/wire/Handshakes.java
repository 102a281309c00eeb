package net.shoal.engine.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import net.shoal.base.wire.Handshake;

/** Handshakes as Netty sends them. */
final class Handshakes {
    private Handshakes() {}

    static ByteBuf encode(ByteBufAllocator allocator, Handshake handshake) {
        var out = allocator.buffer(Handshake.LENGTH);
        handshake.write(out.internalNioBuffer(0, Handshake.LENGTH));
        return out.writerIndex(Handshake.LENGTH);
    }
}
