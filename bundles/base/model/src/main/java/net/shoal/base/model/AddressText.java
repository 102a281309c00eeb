package net.shoal.base.model;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.regex.Pattern;

/** Addresses as people write them; IPv6 in the short form of RFC 5952. */
public final class AddressText {
    private static final Pattern ZEROS = Pattern.compile("(?<![0-9a-f])0(:0)+(?![0-9a-f])");

    private AddressText() {}

    /** {@code 10.0.0.7}, {@code ::1}. */
    public static String host(InetAddress address) {
        var text = address.getHostAddress();
        return text.indexOf(':') < 0 ? text : shortened(text);
    }

    /** {@code 10.0.0.7:6881}, {@code [::1]:6881}. */
    public static String hostPort(InetSocketAddress address) {
        var host = address.isUnresolved() ? address.getHostString() : host(address.getAddress());
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + address.getPort();
    }

    /** The longest run of zero groups, the first of equals, becomes two colons. */
    private static String shortened(String text) {
        int start = -1;
        int end = -1;
        for (var run = ZEROS.matcher(text); run.find(); ) {
            if (run.end() - run.start() > end - start) {
                start = run.start();
                end = run.end();
            }
        }
        if (start < 0) {
            return text;
        }
        var head = text.substring(0, Math.max(0, start - 1));
        var tail = end < text.length() && text.charAt(end) == ':' ? text.substring(end + 1) : text.substring(end);
        return head + "::" + tail;
    }
}
