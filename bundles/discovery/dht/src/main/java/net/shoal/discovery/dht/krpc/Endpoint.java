package net.shoal.discovery.dht.krpc;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import net.shoal.base.model.AddressText;

/**
 * An address and a port as words, so that it is a small and quick map key. IPv4 is kept in the mapped form of RFC 4291, which makes an
 * address that comes mapped the same as the one that it is.
 *
 * @param port from 0, which leads nowhere, to 65,535
 */
public record Endpoint(long high, long low, int port) {
    private static final long MAPPED = 0xffffL << 32;
    private static final long MAPPED_MASK = 0xffff_ffffL << 32;

    public static Endpoint v4(int address, int port) {
        return new Endpoint(0, MAPPED | Integer.toUnsignedLong(address), port);
    }

    public static Endpoint of(InetSocketAddress address) {
        return of(address.getAddress(), address.getPort());
    }

    public static Endpoint of(InetAddress address, int port) {
        var bytes = ByteBuffer.wrap(address.getAddress());
        return bytes.remaining() == 4 ? v4(bytes.getInt(), port) : new Endpoint(bytes.getLong(), bytes.getLong(), port);
    }

    /** Reads an address and a port and advances the buffer. */
    public static Endpoint read(ByteBuffer in, Family family) {
        if (family == Family.V4) {
            int address = in.getInt();
            return v4(address, Short.toUnsignedInt(in.getShort()));
        }
        long high = in.getLong();
        long low = in.getLong();
        return new Endpoint(high, low, Short.toUnsignedInt(in.getShort()));
    }

    public Family family() {
        return isV4() ? Family.V4 : Family.V6;
    }

    private boolean isV4() {
        return high == 0 && (low & MAPPED_MASK) == MAPPED;
    }

    /** The four bytes of an IPv4 address. */
    public int v4Address() {
        return (int) low;
    }

    /** Address and port, 6 or 18 bytes (BEP 5, 32). */
    public byte[] compact() {
        var out = ByteBuffer.allocate(family().endpointLength());
        write(out);
        return out.array();
    }

    public void write(ByteBuffer out) {
        writeAddress(out);
        out.putShort((short) port);
    }

    private void writeAddress(ByteBuffer out) {
        if (isV4()) {
            out.putInt((int) low);
        } else {
            out.putLong(high).putLong(low);
        }
    }

    /** The address alone, 4 or 16 bytes. */
    public byte[] address() {
        var out = ByteBuffer.allocate(family().addressLength);
        writeAddress(out);
        return out.array();
    }

    public InetSocketAddress inet() {
        try {
            return new InetSocketAddress(InetAddress.getByAddress(address()), port);
        } catch (UnknownHostException impossible) {
            throw new AssertionError("4 and 16 bytes are an address", impossible);
        }
    }

    public Endpoint withPort(int other) {
        return new Endpoint(high, low, other);
    }

    public boolean isSameHost(Endpoint other) {
        return high == other.high && low == other.low;
    }

    /** What one party easily has all of, and counts as one place: a /24 of IPv4, a /48 of IPv6. */
    public long block() {
        return isV4() ? MAPPED | low >>> 8 : high >>> 16 | 1L << 63;
    }

    /** Of a local network, a link or this machine: exempt from what binds ids to addresses (BEP 42), since anybody there has many. */
    public boolean isLocal() {
        if (!isV4()) {
            return (high == 0 && low == 1) || high >>> 57 == 0xfc >>> 1 || high >>> 54 == 0xfe80 >>> 6;
        }
        int address = (int) low;
        int first = address >>> 24;
        return first == 10
                || first == 127
                || address >>> 20 == 0xac1
                || address >>> 16 == 0xc0a8
                || address >>> 16 == 0xa9fe
                || address >>> 22 == (100 << 2 | 1);
    }

    public boolean isLoopback() {
        return isV4() ? (int) low >>> 24 == 127 : high == 0 && low == 1;
    }

    /**
     * What a node at this address says of another one is worth something only if that one is not nearer to us than itself: nobody out there
     * knows who is on our network, and none of it may become a way into this machine.
     */
    public boolean mayName(Endpoint other) {
        return nearness() >= other.nearness();
    }

    private int nearness() {
        return isLoopback() ? 2 : isLocal() ? 1 : 0;
    }

    /** False for what nobody can be at: port 0, unspecified, multicast, reserved. */
    public boolean leadsSomewhere() {
        if (port == 0) {
            return false;
        }
        if (isV4()) {
            int first = (int) low >>> 24;
            return first != 0 && first < 224;
        }
        return high >>> 56 != 0xff && !(high == 0 && low == 0);
    }

    @Override
    public String toString() {
        return AddressText.hostPort(inet());
    }
}
