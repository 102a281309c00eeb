package net.shoal.engine.source;

import java.net.SocketAddress;
import java.net.URI;

/** What a source is called among peers: its URL, of which only the host is shown, since the rest may be a secret. */
final class SourceEndpoint extends SocketAddress {
    private static final long serialVersionUID = 1L;

    private final URI url;

    SourceEndpoint(URI url) {
        this.url = url;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SourceEndpoint that && url.equals(that.url);
    }

    @Override
    public int hashCode() {
        return url.hashCode();
    }

    /** As it follows the scheme and a colon. */
    @Override
    public String toString() {
        return url.getHost() == null ? "…" : "//" + url.getHost() + (url.getPort() < 0 ? "" : ":" + url.getPort());
    }
}
