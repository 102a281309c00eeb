package net.shoal.base.metainfo;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** URLs as torrents and links carry them, which is not always as RFC 3986 wants them. */
final class Uris {
    private static final int MAX_LENGTH = 4096;

    private Uris() {}

    /** Empty unless it has a scheme and a host. Characters no URL may hold, such as spaces, are encoded. */
    static Optional<URI> parse(String text) {
        var trimmed = text.strip();
        if (trimmed.isEmpty() || trimmed.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        try {
            var uri = new URI(encodeIllegal(trimmed));
            boolean usable = uri.isAbsolute() && uri.getRawAuthority() != null;
            return usable ? Optional.of(uri) : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    private static String encodeIllegal(String text) {
        var out = new StringBuilder(text.length());
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            if (b <= ' ' || b == 127 || "\"<>\\^`{|}".indexOf(b) >= 0) {
                out.append("%%%02X".formatted(b & 0xff));
            } else {
                out.append((char) b);
            }
        }
        return out.toString();
    }
}
