package net.shoal.discovery.mdns;

import java.util.ArrayList;
import java.util.List;
import net.shoal.api.net.MulticastPlace;

/**
 * What we publish: a service of this name, at a port of a host that has the addresses of the place where we say it.
 *
 * @param instance below {@link #SERVICE}
 * @param host below {@code local}
 */
record OwnService(DnsName instance, DnsName host, int port, List<String> txt) {
    static final DnsName SERVICE = DnsName.of("_shoal._tcp.local");
    /** Whoever asks for all kinds of services there are (RFC 6763, section 9). */
    static final DnsName ALL = DnsName.of("_services._dns-sd._udp.local");

    /** Seconds, as RFC 6762 (section 10) has them for what names a host and for the rest. */
    static final long HOST_TTL = 120;

    static final long OTHER_TTL = 4_500;

    DnsRecord.Srv srv() {
        return new DnsRecord.Srv(instance, HOST_TTL, port, host);
    }

    List<DnsRecord> records(MulticastPlace place) {
        var records = new ArrayList<DnsRecord>();
        records.add(new DnsRecord.Ptr(SERVICE, OTHER_TTL, instance));
        records.add(srv());
        records.add(new DnsRecord.Txt(instance, OTHER_TTL, txt));
        for (var subnet : place.addresses()) {
            records.add(new DnsRecord.Address(host, HOST_TTL, subnet.own()));
        }
        records.add(new DnsRecord.Ptr(ALL, OTHER_TTL, SERVICE));
        return records;
    }

    /** All of it is to be forgotten. */
    List<DnsRecord> farewell() {
        return List.of(
                new DnsRecord.Ptr(SERVICE, 0, instance),
                new DnsRecord.Srv(instance, 0, port, host),
                new DnsRecord.Txt(instance, 0, txt));
    }
}
