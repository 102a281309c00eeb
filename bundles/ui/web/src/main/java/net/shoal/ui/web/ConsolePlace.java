package net.shoal.ui.web;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;

/**
 * Where the console is to be, as a user gives it.
 *
 * @param port 0 means any
 * @param mayMove true if another port will do
 */
record ConsolePlace(InetAddress host, int port, boolean mayMove) {
    static final int DEFAULT_PORT = 7717;
    private static final String SYNTAX =
            "HOST:PORT, where HOST is localhost or an IP address of this machine (IPv6 in brackets) and PORT is from 0 (any) to 65535, or off";

    /**
     * Empty for none.
     *
     * @throws IllegalArgumentException in words, if it is no such place
     */
    static Optional<ConsolePlace> parse(String text) {
        var given = text.strip();
        if (given.toLowerCase(Locale.ROOT).equals("off")) {
            return Optional.empty();
        }
        if (given.isEmpty()) {
            return Optional.of(new ConsolePlace(address("127.0.0.1", given), DEFAULT_PORT, true));
        }
        int colon = given.lastIndexOf(':');
        var host = colon < 0 ? "127.0.0.1" : given.substring(0, colon);
        return Optional.of(new ConsolePlace(address(host, given), port(given.substring(colon + 1), given), false));
    }

    /** Whether others than this machine can reach it. */
    boolean isForOthers() {
        return !host.isLoopbackAddress();
    }

    /** Never asks anybody what a name means. */
    private static InetAddress address(String host, String text) {
        var literal = host.toLowerCase(Locale.ROOT).equals("localhost") ? "127.0.0.1" : host;
        boolean isLiteral =
                literal.matches("[0-9]{1,3}(\\.[0-9]{1,3}){3}") || literal.matches("\\[[0-9A-Fa-f:.]+(%[a-z0-9]+)?]");
        try {
            if (isLiteral) {
                return InetAddress.getByName(literal);
            }
        } catch (UnknownHostException e) {
            throw refused(text);
        }
        throw refused(text);
    }

    private static int port(String port, String text) {
        if (!port.matches("[0-9]{1,5}") || Integer.parseInt(port) > 0xffff) {
            throw refused(text);
        }
        return Integer.parseInt(port);
    }

    private static IllegalArgumentException refused(String text) {
        return new IllegalArgumentException("the console cannot be at '" + text + "': it takes " + SYNTAX);
    }
}
