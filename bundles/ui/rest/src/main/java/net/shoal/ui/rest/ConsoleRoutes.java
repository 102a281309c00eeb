package net.shoal.ui.rest;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import net.shoal.api.console.ConsoleAddress;
import net.shoal.api.console.Logins;
import org.jspecify.annotations.Nullable;

/** What the console wants for itself: the session and the password, what others add to it, QR codes. */
final class ConsoleRoutes {
    private static final int LONGEST_TEXT = 2_000;
    private static final int LONGEST_PASSWORD = 1_000;

    private final Logins logins;
    private final Supplier<@Nullable ConsoleAddress> address;
    private final Contributions contributions;

    ConsoleRoutes(Logins logins, Supplier<@Nullable ConsoleAddress> address, Contributions contributions) {
        this.logins = logins;
        this.address = address;
        this.contributions = contributions;
    }

    List<Route> routes() {
        return List.of(
                new Route("GET", "/api/v1/session", this::session),
                new Route("DELETE", "/api/v1/session", this::signOut),
                new Route("DELETE", "/api/v1/session/others", this::signOutOthers),
                new Route("PUT", "/api/v1/password", this::password),
                new Route("GET", "/api/v1/contributions", this::contributions),
                new Route("GET", "/api/v1/qr", this::qr));
    }

    private void session(Exchange exchange) throws IOException {
        exchange.json(Json.object(
                "expires",
                exchange.endsWithItsSession()
                        ? (Long) ((Instant) exchange.request().getAttribute(Api.SIGNED_IN)).toEpochMilli()
                        : null,
                "password",
                logins.hasPassword(),
                "secure",
                exchange.request().isSecure()));
    }

    private void signOut(Exchange exchange) {
        exchange.session().ifPresent(logins::close);
        exchange.response()
                .addHeader("Set-Cookie", exchange.sessionCookie() + "=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict");
        exchange.nothing();
    }

    private void signOutOthers(Exchange exchange) throws ApiException {
        console().signOut(exchange.session());
        exchange.nothing();
    }

    private ConsoleAddress console() throws ApiException {
        var console = address.get();
        if (console == null) {
            throw ApiException.failed("the console closes", "");
        }
        return console;
    }

    private void password(Exchange exchange) throws ApiException, IOException {
        var body = exchange.body("password", "current", "signOutOthers");
        boolean others = body.flag("signOutOthers");
        var console = console();
        if (logins.hasPassword()) {
            var current = body.text("current", LONGEST_PASSWORD).orElse("");
            var answer = logins.check(InetAddress.getByName(exchange.request().getRemoteAddr()), current);
            if (answer instanceof Logins.Answer.Blocked) {
                throw ApiException.tooMany(429, "too many wrong passwords came from this address");
            }
            if (!(answer instanceof Logins.Answer.Right)) {
                throw ApiException.failed("the present password is another", "").at("current");
            }
        }
        try {
            console.setPassword(body.text("password", LONGEST_PASSWORD).filter(text -> !text.isEmpty()));
        } catch (IllegalArgumentException e) {
            throw ApiException.failed(String.valueOf(e.getMessage()), "").at("password");
        }
        if (others) {
            console.signOut(exchange.session());
        }
        exchange.nothing();
    }

    private void contributions(Exchange exchange) throws IOException {
        exchange.json(Json.object("contributions", contributions.list()));
    }

    private void qr(Exchange exchange) throws ApiException, IOException {
        var text = exchange.parameter("text").filter(given -> !given.isEmpty());
        if (text.isEmpty() || text.get().length() > LONGEST_TEXT) {
            throw ApiException.wrong("text", "text has 1 to " + LONGEST_TEXT + " characters");
        }
        var svg = Optional.ofNullable(QrSvg.of(text.get()))
                .orElseThrow(() -> ApiException.wrong("text", "the text is longer than a QR code can be"));
        exchange.bytes("image/svg+xml", svg.getBytes(StandardCharsets.UTF_8));
    }
}
