package net.shoal.discovery.tracker;

import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import net.shoal.api.net.ForeignPorts;

/**
 * Where a tracker is announced to, checked.
 *
 * @param host without the brackets of an IPv6 address
 */
record TrackerUrl(Scheme scheme, String host, int port, URI uri) {
    private static final int MAX_LENGTH = 4_096;
    private static final String ANNOUNCE = "announce";
    private static final Map<String, Scheme> SCHEMES =
            Map.of("http", Scheme.HTTP, "https", Scheme.HTTPS, "udp", Scheme.UDP);

    /** What is spoken to it. */
    enum Scheme {
        HTTP,
        HTTPS,
        UDP
    }

    /** @throws IllegalArgumentException saying what is wrong with it */
    static TrackerUrl of(URI uri) {
        var scheme =
                uri.getScheme() == null ? null : SCHEMES.get(uri.getScheme().toLowerCase(Locale.ROOT));
        if (scheme == null) {
            throw new IllegalArgumentException("is no http, https or udp address");
        }
        var host = uri.getHost();
        if (host == null || host.isEmpty()) {
            throw new IllegalArgumentException("names no valid host");
        }
        if (uri.getRawUserInfo() != null) {
            throw new IllegalArgumentException("has a user name in it, which is not supported");
        }
        if (uri.toString().length() > MAX_LENGTH) {
            throw new IllegalArgumentException("is longer than " + MAX_LENGTH + " characters");
        }
        int port = port(scheme, uri.getPort());
        if (scheme == Scheme.UDP ? ForeignPorts.udp(port) : ForeignPorts.tcp(port)) {
            throw new IllegalArgumentException(
                    "has port " + port + ", which is that of another service than a tracker");
        }
        return new TrackerUrl(scheme, unbracketed(host), port, uri);
    }

    private static String unbracketed(String host) {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    private static int port(Scheme scheme, int port) {
        if (port == -1 && scheme == Scheme.UDP) {
            throw new IllegalArgumentException("names no port, as udp addresses must");
        }
        if (port == 0 || port > 65_535) {
            throw new IllegalArgumentException("has port " + port + "; a port is from 1 to 65535");
        }
        return port != -1 ? port : scheme == Scheme.HTTPS ? 443 : 80;
    }

    String authority() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }

    /** Path and query, as a request line and BEP 41 carry it. */
    String pathAndQuery() {
        var path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        return uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
    }

    /** For people and logs: what may be somebody's passkey is left out. */
    String shown() {
        var rest = pathAndQuery();
        boolean isPlain = rest.equals("/") || rest.equals("/" + ANNOUNCE);
        var base = scheme.name().toLowerCase(Locale.ROOT) + "://" + (uri.getPort() == -1 ? host : authority());
        return base + (isPlain ? rest : "/…");
    }

    /** The last part of the path begins with {@code announce}, as that of every tracker that can be scraped (BEP 48). */
    boolean isAnnounce() {
        var path = pathAndQuery().split("\\?", 2)[0];
        return path.substring(path.lastIndexOf('/') + 1).startsWith(ANNOUNCE);
    }

    /** BEP 48: {@code announce} becomes {@code scrape}; UDP scrapes at the same address. */
    Optional<TrackerUrl> scrape() {
        if (scheme == Scheme.UDP) {
            return Optional.of(this);
        }
        if (!isAnnounce()) {
            return Optional.empty();
        }
        var text = uri.toString();
        int query = text.indexOf('?');
        int from = text.lastIndexOf('/', query < 0 ? text.length() : query) + 1;
        return Optional.of(
                of(URI.create(text.substring(0, from) + "scrape" + text.substring(from + ANNOUNCE.length()))));
    }
}
