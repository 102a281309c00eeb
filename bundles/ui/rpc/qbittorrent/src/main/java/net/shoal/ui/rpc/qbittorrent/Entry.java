package net.shoal.ui.rpc.qbittorrent;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import net.shoal.api.console.Entrance;
import net.shoal.api.console.Logins;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How programs sign in to qBittorrent: by a form, which gives a cookie. The name of the user does not matter, the password is the node's. */
final class Entry {
    static final String COOKIE = "SID";

    private static final Logger LOG = LoggerFactory.getLogger(Entry.class);
    private static final String PLAIN = "text/plain;charset=utf-8";

    private static final int BLOCKED = 429;

    private final Logins logins;

    Entry(Logins logins) {
        this.logins = logins;
    }

    /** Of who is signed in. */
    Optional<String> session(HttpServletRequest request) {
        return cookie(request).filter(logins::isOpen);
    }

    private static Optional<String> cookie(HttpServletRequest request) {
        var cookies = request.getCookies();
        return cookies == null
                ? Optional.empty()
                : Arrays.stream(cookies)
                        .filter(cookie -> cookie.getName().equals(COOKIE))
                        .map(Cookie::getValue)
                        .filter(value -> value != null && !value.isEmpty())
                        .findFirst();
    }

    /** A page elsewhere leads here: it says so where browsers leave {@code Origin} out. */
    static boolean isOfAnotherPage(HttpServletRequest request) {
        var referer = request.getHeader("Referer");
        if (request.getHeader("Origin") != null || referer == null || referer.isBlank()) {
            return false; // the door has looked at the origin
        }
        try {
            var authority = new URI(referer.strip()).getRawAuthority();
            return authority == null
                    || !authority
                            .toLowerCase(Locale.ROOT)
                            .equals(String.valueOf(request.getHeader("Host")).toLowerCase(Locale.ROOT));
        } catch (URISyntaxException e) {
            return true;
        }
    }

    /** {@code Ok.} with a cookie, {@code Fails.}, or 403 for who was wrong too often. */
    void logIn(HttpServletRequest request, HttpServletResponse response) throws ApiException, IOException {
        if (session(request).isPresent()) {
            Api.write(200, PLAIN, "Ok.", response);
            return;
        }
        var password = Form.login(request).text("password").orElse("");
        // a literal
        var refusal = new Entrance(logins).ask(InetAddress.getByName(request.getRemoteAddr()), password);
        if (refusal.isEmpty()) {
            setCookie(request, response, logins.open());
            Api.write(200, PLAIN, "Ok.", response);
        } else if (refusal.get().status() == BLOCKED) {
            refusal.get().retryAfterSeconds().ifPresent(seconds -> response.setHeader("Retry-After", seconds));
            throw ApiException.denied(refusal.get().message());
        } else {
            LOG.warn(
                    "A program at {} is not signed in: {}",
                    request.getRemoteAddr(),
                    refusal.get().message());
            Api.write(200, PLAIN, "Fails.", response);
        }
    }

    void logOut(String session, HttpServletRequest request, HttpServletResponse response) throws IOException {
        logins.close(session);
        setCookie(request, response, "; Max-Age=0");
        Api.write(200, PLAIN, "", response);
    }

    private static void setCookie(HttpServletRequest request, HttpServletResponse response, String value) {
        response.addHeader(
                "Set-Cookie",
                COOKIE + "=" + value + "; Path=/; HttpOnly; SameSite=Strict" + (request.isSecure() ? "; Secure" : ""));
    }
}
