package net.shoal.discovery.mdns;

import java.net.InetAddress;
import java.util.List;

/** A resource record of those types that matter here (RFC 1035, 2782, 3596). Times to live in seconds. */
sealed interface DnsRecord {
    int TYPE_A = 1;
    int TYPE_PTR = 12;
    int TYPE_TXT = 16;
    int TYPE_AAAA = 28;
    int TYPE_SRV = 33;
    int TYPE_ANY = 255;

    DnsName name();

    long ttl();

    /** That something has such a name. */
    record Ptr(DnsName name, long ttl, DnsName target) implements DnsRecord {}

    /** Where a service is. */
    record Srv(DnsName name, long ttl, int port, DnsName target) implements DnsRecord {}

    /** What a service says of itself: {@code key=value} each. */
    record Txt(DnsName name, long ttl, List<String> strings) implements DnsRecord {
        public Txt {
            strings = List.copyOf(strings);
        }
    }

    /** A host's, of either family. */
    record Address(DnsName name, long ttl, InetAddress address) implements DnsRecord {}
}
