package net.shoal.discovery.mdns;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A name of the DNS, whose labels may hold anything (RFC 6763, section 4.1.1). Upper and lower case are the same. */
final class DnsName {
    /** Bytes, with a length before each label and a zero at the end (RFC 1035). */
    static final int MAX_LENGTH = 255;

    static final int MAX_LABEL = 63;

    private final List<String> labels;
    /** What it is compared by: made once, as names are looked up often. */
    private final String key;

    /** @param labels 1 to 63 bytes of UTF-8 each */
    DnsName(List<String> labels) {
        this.labels = List.copyOf(labels);
        this.key = String.join("\0", labels).toLowerCase(Locale.ROOT);
    }

    static DnsName of(String dotted) {
        return new DnsName(List.of(dotted.split("\\.", -1)));
    }

    List<String> labels() {
        return labels;
    }

    /** A name below this one. */
    DnsName child(String label) {
        var all = new ArrayList<String>();
        all.add(label);
        all.addAll(labels);
        return new DnsName(all);
    }

    /** True of what {@link #child} makes. */
    boolean isParentOf(DnsName other) {
        return other.labels.size() == labels.size() + 1
                && other.key.endsWith(key)
                && new DnsName(other.labels.subList(1, other.labels.size())).equals(this);
    }

    String first() {
        return labels.isEmpty() ? "" : labels.get(0);
    }

    static boolean fits(String label) {
        int length = label.getBytes(StandardCharsets.UTF_8).length;
        return length > 0 && length <= MAX_LABEL;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DnsName name && key.equals(name.key);
    }

    @Override
    public int hashCode() {
        return key.hashCode();
    }

    @Override
    public String toString() {
        return String.join(".", labels);
    }
}
