package net.shoal.base.command;

import java.util.Optional;

/** A host, unresolved and without brackets, and a port. Only what is listened on may lack the host. */
public record Endpoint(Optional<String> host, int port) {
    private static final int MAX_PORT = 65_535;

    /** {@code HOST:PORT} with a port to dial. */
    public static Endpoint parse(String text) {
        var endpoint = read(text, "HOST:PORT, such as 10.0.0.7:6881 or [2001:db8::7]:6881");
        if (endpoint.host.isEmpty() || endpoint.port == 0) {
            throw new IllegalArgumentException("'" + text
                    + "' is no address to dial; write HOST:PORT, such as 10.0.0.7:6881 or [2001:db8::7]:6881");
        }
        return endpoint;
    }

    /** {@code PORT} or {@code HOST:PORT} to listen on; port 0 means any. */
    public static Endpoint parseListen(String text) {
        return read(text, "PORT or HOST:PORT, such as 6881, 10.0.0.7:6881 or [::1]:0 (0 means any port)");
    }

    private static Endpoint read(String text, String wanted) {
        int colon = text.lastIndexOf(':');
        var host = colon < 0 ? "" : text.substring(0, colon);
        var port = port(text.substring(colon + 1));
        boolean bracketed = host.startsWith("[") && host.endsWith("]");
        if (bracketed) {
            host = host.substring(1, host.length() - 1);
        }
        boolean sound =
                host.indexOf(':') >= 0 == bracketed && host.chars().noneMatch(c -> c <= ' ' || "[]/@".indexOf(c) >= 0);
        if (port < 0 || !sound || colon == 0 || (bracketed && host.isEmpty())) {
            throw new IllegalArgumentException("'" + text + "' is no address; write " + wanted);
        }
        return new Endpoint(host.isEmpty() ? Optional.empty() : Optional.of(host), port);
    }

    private static int port(String digits) {
        if (!digits.matches("[0-9]{1,5}")) {
            return -1;
        }
        int port = Integer.parseInt(digits);
        return port <= MAX_PORT ? port : -1;
    }

    @Override
    public String toString() {
        return host.map(name -> (name.indexOf(':') >= 0 ? "[" + name + "]" : name) + ":")
                        .orElse("")
                + port;
    }
}
