package net.shoal.tracker;

import java.util.Optional;
import java.util.Set;

/**
 * Where to serve: {@code [HOST:]PORT}.
 *
 * @param host a name or an address without brackets; none for all addresses the network scope has
 */
record ListenAddress(Optional<String> host, int port) {
    private static final Set<String> ALL = Set.of("", "*", "0.0.0.0", "::");

    /** @throws IllegalArgumentException saying what is wrong and what would be right */
    static ListenAddress of(String text) {
        int colon = text.lastIndexOf(':');
        var host = colon < 0 ? "" : text.substring(0, colon);
        boolean isBracketed = host.startsWith("[") && host.endsWith("]");
        if (colon == 0 || (host.indexOf(':') >= 0 && !isBracketed)) {
            throw wrong(text);
        }
        var name = isBracketed ? host.substring(1, host.length() - 1) : host;
        return new ListenAddress(
                Optional.of(name).filter(each -> !ALL.contains(each)), port(text, text.substring(colon + 1)));
    }

    private static int port(String text, String digits) {
        if (!digits.matches("[0-9]{1,5}") || Integer.parseInt(digits) > 65_535) {
            throw wrong(text);
        }
        return Integer.parseInt(digits);
    }

    private static IllegalArgumentException wrong(String text) {
        return new IllegalArgumentException(
                "cannot serve a tracker at '" + text
                        + "': give a port such as 6969 (0 for any), or a host and a port such as 192.168.1.2:6969 or [::1]:6969");
    }
}
