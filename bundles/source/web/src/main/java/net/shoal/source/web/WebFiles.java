package net.shoal.source.web;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import net.shoal.api.net.HttpUrl;
import net.shoal.base.metainfo.Info;

/**
 * Where the files of a torrent lie below a URL (BEP 19): that of a single file at the URL itself or, where this ends in a slash, below it;
 * those of a folder below it, the folder's name first.
 */
final class WebFiles {
    private final URI base;
    private final Info info;

    WebFiles(URI base, Info info) {
        // what a user typed may hold more than a request line can
        this.base = URI.create(base.toASCIIString());
        this.info = info;
    }

    /** @throws IllegalArgumentException if that becomes too long */
    HttpUrl url(int file) {
        var path = new StringBuilder(base.getRawPath() == null ? "" : base.getRawPath());
        if (info.isSingleFile()) {
            if (path.isEmpty() || path.charAt(path.length() - 1) == '/') {
                below(path, info.name());
            }
        } else {
            below(path, info.name());
            info.files().get(file).path().forEach(name -> below(path, name));
        }
        var query = base.getRawQuery() == null ? "" : "?" + base.getRawQuery();
        return HttpUrl.of(URI.create(base.getScheme() + "://" + base.getRawAuthority() + path + query));
    }

    long length(int file) {
        return info.files().get(file).length();
    }

    private static void below(StringBuilder path, String name) {
        if (path.isEmpty() || path.charAt(path.length() - 1) != '/') {
            path.append('/');
        }
        for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
            boolean isUnreserved = (b >= '0' && b <= '9') || (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z');
            if (isUnreserved || b == '-' || b == '.' || b == '_' || b == '~') {
                path.append((char) b);
            } else {
                path.append('%').append(HexFormat.of().withUpperCase().toHexDigits(b));
            }
        }
    }
}
