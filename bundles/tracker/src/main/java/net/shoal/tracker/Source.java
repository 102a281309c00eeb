package net.shoal.tracker;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Who somebody is when it comes to limits: an IPv4 address, or the /64 an IPv6 host may choose its addresses from. */
record Source(long network, boolean isIpv6) {
    static Source of(InetAddress address) {
        var bytes = address.getAddress();
        return bytes.length == 4
                ? new Source(ByteBuffer.wrap(bytes).getInt(), false)
                : new Source(ByteBuffer.wrap(Arrays.copyOf(bytes, Long.BYTES)).getLong(), true);
    }
}
