package net.shoal.engine.swarm;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * Canonical peer priority (BEP 40): a number that both ends of a connection arrive at, and that nobody can choose. When all prefer the
 * connections of high priority, everyone has the same chance of a place in a swarm, and the dials of one node spread over many networks.
 */
final class PeerPriority {
    private static final byte SPARSE = 0x55;
    /** Bytes of an address that count in full whatever the other one is: /16 for IPv4, /48 for IPv6. */
    private static final int V4_PREFIX = 2;

    private static final int V6_PREFIX = 6;

    private PeerPriority() {}

    /** @return an unsigned 32-bit number; the greater comes first */
    static long of(InetSocketAddress one, InetSocketAddress other) {
        byte[] a = one.getAddress().getAddress();
        byte[] b = other.getAddress().getAddress();
        if (a.length != b.length) {
            a = new byte[b.length];
        }
        return Arrays.equals(a, b)
                ? checksum(port(one), port(other))
                : checksum(masked(a, Arrays.mismatch(a, b)), masked(b, Arrays.mismatch(a, b)));
    }

    /** One of ours that is not known is as if it were unspecified. */
    static InetSocketAddress unknown(InetAddress likeThis) {
        return new InetSocketAddress(unspecified(likeThis), 0);
    }

    private static InetAddress unspecified(InetAddress likeThis) {
        try {
            return InetAddress.getByAddress(new byte[likeThis.getAddress().length]);
        } catch (java.net.UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] port(InetSocketAddress address) {
        return ByteBuffer.allocate(2).putShort((short) address.getPort()).array();
    }

    /** @param difference the first byte in which it differs from the other: up to there, and at least the prefix, it counts in full */
    private static byte[] masked(byte[] address, int difference) {
        var masked = address.clone();
        int prefix = address.length == 4 ? V4_PREFIX : V6_PREFIX;
        for (int i = Math.max(prefix, difference + 1); i < masked.length; i++) {
            masked[i] &= SPARSE;
        }
        return masked;
    }

    private static long checksum(byte[] a, byte[] b) {
        boolean inOrder = Arrays.compareUnsigned(a, b) <= 0;
        var crc = new CRC32C();
        crc.update(inOrder ? a : b);
        crc.update(inOrder ? b : a);
        return crc.getValue();
    }
}
