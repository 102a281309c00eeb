package net.shoal.ui.web;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** How the door says no: as the API says what is wrong. All words are our own. */
final class Refusal {
    private Refusal() {}

    static void write(Verdict.Refuse refuse, HttpServletResponse answer) throws IOException {
        answer.setStatus(refuse.status());
        answer.setContentType("application/json");
        if (!refuse.retryAfter().isZero()) {
            answer.setHeader("Retry-After", Long.toString(refuse.retryAfter().toSeconds() + 1));
        }
        var json = "{\"error\":{\"code\":" + quoted(refuse.code()) + ",\"message\":" + quoted(refuse.message())
                + ",\"hint\":" + quoted(refuse.hint()) + ",\"field\":null}}";
        answer.getOutputStream().write(json.getBytes(StandardCharsets.UTF_8));
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
