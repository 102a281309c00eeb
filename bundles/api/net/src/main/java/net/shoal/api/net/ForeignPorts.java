package net.shoal.api.net;

import java.util.Set;

/**
 * Ports of services that are neither web servers nor trackers. A URL that a stranger wrote must not make this node speak to one of them: a mail
 * server may take lines of an HTTP request for commands, and many a service answers a datagram with more than it got, so that nodes
 * could be used to flood others.
 */
public final class ForeignPorts {
    /** The "bad ports" of the Fetch standard, which browsers refuse, but for 1 (tcpmux), where nobody is. */
    private static final Set<Integer> TCP = Set.of(
            7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101, 102, 103, 104, 109,
            110, 111, 113, 115, 117, 119, 123, 135, 137, 139, 143, 161, 179, 389, 427, 465, 512, 513, 514, 515, 526,
            530, 531, 532, 540, 548, 554, 556, 563, 587, 601, 636, 989, 990, 993, 995, 1719, 1720, 1723, 2049, 3659,
            4045, 4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080);

    /** Those by which US-CERT alert TA14-017A says that others are flooded, and some like them. */
    private static final Set<Integer> UDP = Set.of(
            7, 13, 17, 19, 53, 69, 111, 123, 137, 138, 161, 162, 389, 427, 500, 514, 520, 1434, 1900, 3283, 3702, 5060,
            5353, 5683, 11211);

    private ForeignPorts() {}

    public static boolean tcp(int port) {
        return TCP.contains(port);
    }

    public static boolean udp(int port) {
        return UDP.contains(port);
    }
}
