package net.shoal.ui.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import net.shoal.api.console.Entrance;

/** The cookie that holds a session. */
final class SessionCookie {
    private SessionCookie() {}

    static String name(HttpServletRequest asked) {
        return Entrance.cookie(asked.getLocalPort());
    }

    static void set(HttpServletRequest asked, HttpServletResponse answer, String session) {
        write(asked, answer, session, Sessions.LONGEST.toSeconds());
    }

    static void remove(HttpServletRequest asked, HttpServletResponse answer) {
        write(asked, answer, "", 0);
    }

    private static void write(HttpServletRequest asked, HttpServletResponse answer, String value, long maxAge) {
        answer.addHeader(
                "Set-Cookie",
                name(asked) + "=" + value + "; Path=/; Max-Age=" + maxAge + "; HttpOnly; SameSite=Strict"
                        + (asked.isSecure() ? "; Secure" : ""));
    }
}
