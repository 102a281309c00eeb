package net.shoal.ui.rest;

import jakarta.servlet.http.HttpServletResponse;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import net.shoal.base.metainfo.SafeNames;

/** What a browser is to call what it saves (RFC 6266): a name that any file system can hold. */
final class Disposition {
    private Disposition() {}

    static void attachment(HttpServletResponse response, String name) {
        set(response, "attachment", name);
    }

    static void inline(HttpServletResponse response, String name) {
        set(response, "inline", name);
    }

    private static void set(HttpServletResponse response, String kind, String name) {
        var safe = SafeNames.forAnyFileSystem(name);
        var plain = safe.replaceAll("[^A-Za-z0-9 ._()-]", "_");
        // RFC 8187; the form encoding has a plus for a space, and leaves * as it is
        var encoded = URLEncoder.encode(safe, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A");
        response.setHeader("Content-Disposition", kind + "; filename=\"" + plain + "\"; filename*=UTF-8''" + encoded);
    }
}
