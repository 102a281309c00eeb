package net.shoal.ui.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import net.shoal.api.console.ContentPolicy;
import net.shoal.api.console.Entrance;
import org.osgi.service.servlet.whiteboard.Preprocessor;

/** The door as HTTP whiteboard sees it: in front of every request, whether or not there is a servlet for it. */
final class Gate implements Preprocessor {
    /** Attribute of requests: until when the browser is signed in ({@code Instant}), or {@code Boolean.TRUE} for a program. */
    static final String SIGNED_IN = "net.shoal.signedIn";

    private static final int HTTPS_PORT = 443;

    private final Door door;
    private final FelixConsole felixConsole;

    Gate(Door door, FelixConsole felixConsole) {
        this.door = door;
        this.felixConsole = felixConsole;
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (request instanceof HttpServletRequest asked && response instanceof HttpServletResponse answer) {
            headers(asked, answer);
            var facts = facts(asked);
            var verdict = door.judge(facts);
            if (verdict instanceof Verdict.Pass pass) {
                if (!Door.OPEN.contains(facts.path())) {
                    asked.setAttribute(SIGNED_IN, pass.signedInUntil().orElse(Instant.MAX));
                }
                if (facts.path().startsWith(Door.FELIX_CONSOLE)) {
                    felixPolicy(answer);
                    if (!felixConsole.isReady()) {
                        LoginAssets.startsSoon(asked, answer);
                        return;
                    }
                }
                chain.doFilter(asked, answer);
            } else if (verdict instanceof Verdict.SignIn) {
                answer.setHeader("Location", "/login");
                answer.setStatus(HttpServletResponse.SC_SEE_OTHER);
            } else if (verdict instanceof Verdict.Refuse refuse) {
                if (!asked.getInputStream().isFinished()) {
                    answer.setHeader("Connection", "close"); // nobody reads the rest
                }
                Refusal.write(refuse, answer);
            }
        }
    }

    private static void headers(HttpServletRequest asked, HttpServletResponse answer) {
        answer.setHeader(ContentPolicy.HEADER, ContentPolicy.NOTHING);
        answer.setHeader("X-Content-Type-Options", "nosniff");
        answer.setHeader("X-Frame-Options", "DENY");
        answer.setHeader("Referrer-Policy", "no-referrer");
        answer.setHeader("Cross-Origin-Opener-Policy", "same-origin");
        answer.setHeader("Cross-Origin-Resource-Policy", "same-origin");
        answer.setHeader(
                "Permissions-Policy",
                "accelerometer=(), camera=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(),"
                        + " payment=(), usb=()");
        answer.setHeader("Cache-Control", "no-store");
        // for all ports of this name at once (RFC 6797, 8.3): not from a port beside which others of this machine may
        // speak plain HTTP
        if (asked.isSecure() && asked.getLocalPort() == HTTPS_PORT) {
            answer.setHeader("Strict-Transport-Security", "max-age=31536000");
        }
    }

    /** Its pages are full of inline code; it is for those who may do all to the node anyway. */
    private static void felixPolicy(HttpServletResponse answer) {
        answer.setHeader(
                ContentPolicy.HEADER,
                "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline';"
                        + " img-src 'self' data:; form-action 'self'; frame-ancestors 'none'; base-uri 'none'");
    }

    private static Asked facts(HttpServletRequest asked) throws IOException {
        var mode = header(asked, "Sec-Fetch-Mode");
        boolean takesPages = header(asked, "Accept")
                .filter(types -> types.contains("text/html"))
                .isPresent();
        return new Asked(
                InetAddress.getByName(asked.getRemoteAddr()), // a literal
                asked.isSecure(),
                asked.getMethod(),
                path(asked),
                header(asked, "Host"),
                header(asked, "Origin"),
                header(asked, "Sec-Fetch-Site"),
                mode.map(word -> word.equals("navigate")).orElse(takesPages),
                session(asked),
                header(asked, "Authorization").flatMap(Entrance::password),
                header(asked, "Shoal-Request").filter("1"::equals).isPresent());
    }

    private static String path(HttpServletRequest asked) {
        var servlet = Optional.ofNullable(asked.getServletPath()).orElse("");
        return servlet + Optional.ofNullable(asked.getPathInfo()).orElse("");
    }

    /** Two of a header that there is to be one of are none. */
    private static Optional<String> header(HttpServletRequest asked, String name) {
        var values = asked.getHeaders(name);
        if (values == null || !values.hasMoreElements()) {
            return Optional.empty();
        }
        var value = values.nextElement();
        return Optional.of(values.hasMoreElements() ? "" : value);
    }

    static Optional<String> session(HttpServletRequest asked) {
        var cookies = asked.getCookies();
        return cookies == null
                ? Optional.empty()
                : Arrays.stream(cookies)
                        .filter(cookie -> cookie.getName().equals(SessionCookie.name(asked)))
                        .map(Cookie::getValue)
                        .findFirst();
    }
}
