package net.shoal.net;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import net.shoal.api.net.NetworkScope;

/**
 * A place to listen, as a user gives it.
 *
 * @param hosts empty means everywhere the scope reaches; {@code localhost} may be two
 * @param port 0 means any
 * @param mayMove true if another port will do
 */
record ListenAddress(List<InetAddress> hosts, int port, boolean mayMove) {
    static final int DEFAULT_PORT = 7716;

    private static final String SYNTAX =
            "[HOST:]PORT, where HOST is an IP address of this machine (IPv6 in brackets) and PORT is from 0 (any) to 65535";

    ListenAddress {
        hosts = List.copyOf(hosts);
    }

    /**
     * Empty is the default: any host, a fixed port, or another if that is taken.
     *
     * @throws IllegalArgumentException in words, if one is not an address or lies outside the scope
     */
    static List<ListenAddress> parse(String[] texts, NetworkScope scope) {
        var given = given(texts).map(ListenAddress::parse).distinct().toList();
        for (var address : given) {
            address.check(scope);
        }
        return given.isEmpty() ? List.of(new ListenAddress(List.of(), DEFAULT_PORT, true)) : given;
    }

    static ListenAddress parse(String text) {
        int colon = text.lastIndexOf(':');
        var host = colon < 0 ? "" : text.substring(0, colon);
        return new ListenAddress(hosts(host, text), port(text.substring(colon + 1), text), false);
    }

    /** The hosts among these that are fit to dial from; what cannot be read is left to {@link #parse} to complain of. */
    static List<InetAddress> ownAddresses(String[] texts) {
        return given(texts)
                .flatMap(text -> {
                    try {
                        return parse(text).hosts().stream();
                    } catch (IllegalArgumentException e) {
                        return Stream.of();
                    }
                })
                .distinct()
                .toList();
    }

    /** Where to bind. All but the first are only tried. */
    List<InetSocketAddress> endpoints(NetworkScope scope, int withPort) {
        if (!hosts.isEmpty()) {
            return hosts.stream()
                    .map(host -> new InetSocketAddress(host, withPort))
                    .toList();
        }
        return scope == NetworkScope.LOOPBACK
                ? OwnAddresses.loopback().stream()
                        .map(host -> new InetSocketAddress(host, withPort))
                        .toList()
                : List.of(new InetSocketAddress(withPort));
    }

    private static Stream<String> given(String[] texts) {
        return Arrays.stream(texts).map(String::strip).filter(text -> !text.isEmpty());
    }

    private void check(NetworkScope scope) {
        for (var host : hosts) {
            if (!scope.permits(host)) {
                throw new IllegalArgumentException("cannot listen on " + host.getHostAddress()
                        + ", which lies outside the network scope '"
                        + scope.name().toLowerCase(Locale.ROOT) + "': give an address inside, or a wider scope");
            }
        }
    }

    private static List<InetAddress> hosts(String host, String text) {
        if (host.isEmpty()) {
            return List.of();
        }
        boolean bracketed = host.startsWith("[") && host.endsWith("]");
        if (host.indexOf(':') >= 0 && !bracketed) {
            throw refused(text);
        }
        var found = HostNames.known(bracketed ? host.substring(1, host.length() - 1) : host);
        if (found.isEmpty()) {
            throw refused(text);
        }
        // 0.0.0.0 and :: are other words for everywhere
        return found.get(0).isAnyLocalAddress() ? List.of() : found;
    }

    private static int port(String port, String text) {
        if (!port.matches("[0-9]{1,5}") || Integer.parseInt(port) > 0xffff) {
            throw refused(text);
        }
        return Integer.parseInt(port);
    }

    private static IllegalArgumentException refused(String text) {
        return new IllegalArgumentException("cannot listen on '" + text + "': it takes " + SYNTAX);
    }
}
