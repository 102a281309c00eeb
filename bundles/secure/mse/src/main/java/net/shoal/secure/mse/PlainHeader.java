package net.shoal.secure.mse;

import io.netty.buffer.ByteBuf;
import net.shoal.api.net.SecureLayer.Sniff;
import net.shoal.base.wire.Handshake;

/** Tells the random bytes that MSE begins with from what begins otherwise. */
final class PlainHeader {
    private static final int TLS_HANDSHAKE = 0x16;
    private static final int TLS_MAJOR = 3;
    private static final int TLS_MOST_MINOR = 4;
    private static final int CLIENT_HELLO = 1;
    private static final int TLS_SNIFFED = 6;
    private static final int TLS_MOST = 1 << 14;

    private PlainHeader() {}

    static boolean isIn(ByteBuf first) {
        return plain(first) == Sniff.YES;
    }

    /** MSE is all that is neither the plain protocol nor a ClientHello of TLS. */
    static Sniff sniff(ByteBuf first) {
        var plain = plain(first);
        var tls = tls(first);
        if (plain == Sniff.YES || tls == Sniff.YES) {
            return Sniff.NO;
        }
        return plain == Sniff.NO && tls == Sniff.NO ? Sniff.YES : Sniff.NEED_MORE;
    }

    private static Sniff plain(ByteBuf first) {
        var header = Handshake.protocolHeader();
        int length = Math.min(first.readableBytes(), Handshake.HEADER_LENGTH);
        for (int n = 0; n < length; n++) {
            if (first.getByte(first.readerIndex() + n) != header.get(n)) {
                return Sniff.NO;
            }
        }
        return length == Handshake.HEADER_LENGTH ? Sniff.YES : Sniff.NEED_MORE;
    }

    /** A record header (RFC 8446, 5.1) of a plausible length, and the first byte of the message in it. */
    private static Sniff tls(ByteBuf first) {
        int length = first.readableBytes();
        int at = first.readerIndex();
        boolean differs = (length > 0 && first.getByte(at) != TLS_HANDSHAKE)
                || (length > 1 && first.getByte(at + 1) != TLS_MAJOR)
                || (length > 2 && (first.getByte(at + 2) & 0xff) > TLS_MOST_MINOR)
                || (length > 4 && first.getUnsignedShort(at + 3) > TLS_MOST)
                || (length > 5 && first.getByte(at + 5) != CLIENT_HELLO);
        if (differs) {
            return Sniff.NO;
        }
        return length >= TLS_SNIFFED ? Sniff.YES : Sniff.NEED_MORE;
    }
}
