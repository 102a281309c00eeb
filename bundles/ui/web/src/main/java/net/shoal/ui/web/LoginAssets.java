package net.shoal.ui.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** What the page to sign in is made of. */
final class LoginAssets {
    private static final Map<String, String> TYPES = Map.of(
            "/login.css", "text/css;charset=utf-8", "/favicon.svg", "image/svg+xml", "/favicon.ico", "image/svg+xml");

    void write(String path, HttpServletResponse answer) throws IOException {
        var type = TYPES.get(path);
        if (type == null) {
            answer.setStatus(HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        answer.setContentType(type);
        answer.setHeader("Cache-Control", "max-age=3600");
        answer.getOutputStream().write(bytes(path.equals("/login.css") ? "login.css" : "favicon.svg"));
    }

    /** A page that comes again by itself. */
    static void startsSoon(HttpServletRequest asked, HttpServletResponse answer) throws IOException {
        answer.setStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
        answer.setHeader("Retry-After", "1");
        answer.setContentType("text/html;charset=utf-8");
        var page = LoginWords.of(asked.getHeader("Accept-Language")).fill(text("starts.html"));
        answer.getOutputStream().write(page.getBytes(StandardCharsets.UTF_8));
    }

    static String text(String name) throws IOException {
        return new String(bytes(name), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String name) throws IOException {
        try (InputStream in = LoginAssets.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new FileNotFoundException(name);
            }
            return in.readAllBytes();
        }
    }
}
