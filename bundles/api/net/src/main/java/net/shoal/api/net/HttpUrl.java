package net.shoal.api.net;

import java.net.URI;
import java.net.URISyntaxException;

/**
 * The URL of a web server, checked.
 *
 * @param secure https
 * @param host without the brackets of an IPv6 address
 */
public record HttpUrl(boolean secure, String host, int port, URI uri) {
    /** What most servers take. */
    public static final int MAX_LENGTH = 8_192;

    /** @throws IllegalArgumentException saying what is wrong with it, as the rest of a sentence that begins with the URL */
    public static HttpUrl of(URI uri) {
        boolean secure = "https".equalsIgnoreCase(uri.getScheme());
        if (!secure && !"http".equalsIgnoreCase(uri.getScheme())) {
            throw new IllegalArgumentException("is no http or https address");
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
        if (uri.getPort() == 0 || uri.getPort() > 65_535) {
            throw new IllegalArgumentException("has port " + uri.getPort() + "; a port is from 1 to 65535");
        }
        int port = uri.getPort() != -1 ? uri.getPort() : defaultPort(secure);
        if (ForeignPorts.tcp(port)) {
            throw new IllegalArgumentException("has port " + port + ", which is that of another service than the web");
        }
        return new HttpUrl(secure, host.startsWith("[") ? host.substring(1, host.length() - 1) : host, port, uri);
    }

    /**
     * Where it redirects to.
     *
     * @param location as the server gave it, absolute or not
     * @throws IllegalArgumentException if that is no such URL, or would leave https
     */
    public HttpUrl redirect(String location) {
        if (location.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("is longer than " + MAX_LENGTH + " characters");
        }
        var next = of(uri.resolve(parse(location)));
        if (secure && !next.secure) {
            throw new IllegalArgumentException("leaves https");
        }
        return next;
    }

    private static URI parse(String location) {
        try {
            return new URI(location);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("is no valid URL", e);
        }
    }

    /** As the Host header has it: the port is left out where it is the scheme's own. */
    public String hostHeader() {
        var bracketed = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
        return port == defaultPort(secure) ? bracketed : bracketed + ":" + port;
    }

    /** As the request line has it. */
    public String pathAndQuery() {
        var path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        return uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
    }

    private static int defaultPort(boolean secure) {
        return secure ? 443 : 80;
    }
}
