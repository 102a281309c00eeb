package net.shoal.api.console;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import net.shoal.api.console.Logins.Answer;

/** For those who serve an {@link OwnLogin}: who comes in, and what to answer who does not. */
public final class Entrance {
    private static final String BASIC = "basic ";

    private final Logins logins;

    public Entrance(Logins logins) {
        this.logins = logins;
    }

    /**
     * An answer in place of what was asked for.
     *
     * @param status of HTTP; with 401 belongs a header {@code WWW-Authenticate}, where it is HTTP Basic that is asked for
     * @param message a sentence without its full stop
     * @param retryAfter what the header {@code Retry-After} is to say; zero for none
     */
    public record Refusal(int status, String message, Duration retryAfter) {
        /** The value of {@code Retry-After}, if there is to be one. */
        public Optional<String> retryAfterSeconds() {
            return retryAfter.isZero() ? Optional.empty() : Optional.of(Long.toString(retryAfter.toSeconds() + 1));
        }
    }

    /** What the cookie of a session is called: cookies do not know ports, and several nodes may be on one machine. */
    public static String cookie(int port) {
        return "shoal-" + port;
    }

    /**
     * The password of HTTP Basic (RFC 7617), whatever the name of the user.
     *
     * @param authorization the header of that name
     */
    public static Optional<String> password(String authorization) {
        if (!authorization.regionMatches(true, 0, BASIC, 0, BASIC.length())) {
            return Optional.empty();
        }
        try {
            var bytes = Base64.getDecoder()
                    .decode(authorization.substring(BASIC.length()).strip());
            var pair = new String(bytes, StandardCharsets.UTF_8);
            int colon = pair.indexOf(':');
            return colon < 0 ? Optional.empty() : Optional.of(pair.substring(colon + 1));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /**
     * By an open session, else by the password of HTTP Basic.
     *
     * @param session what the cookie has, be it the console's or one's own, if there is any
     * @param authorization the header of that name, if there is any
     * @return why not; empty for whoever comes in
     */
    public Optional<Refusal> ask(InetAddress from, Optional<String> session, Optional<String> authorization) {
        if (session.filter(logins::isOpen).isPresent()) {
            return Optional.empty();
        }
        if (!logins.hasPassword()) {
            return Optional.of(noPassword());
        }
        var given = authorization.flatMap(Entrance::password);
        return given.isPresent()
                ? ask(from, given.get())
                : Optional.of(
                        new Refusal(401, "the password of this node is asked for, with any user name", Duration.ZERO));
    }

    /** By a password that was given in another way. */
    public Optional<Refusal> ask(InetAddress from, String password) {
        if (!logins.hasPassword()) {
            return Optional.of(noPassword());
        }
        var answer = logins.check(from, password);
        if (answer instanceof Answer.Right) {
            return Optional.empty();
        }
        return Optional.of(
                answer instanceof Answer.Blocked blocked
                        ? new Refusal(
                                429,
                                "too many wrong passwords came from this address; it is not listened to for an hour",
                                blocked.rest())
                        : new Refusal(
                                401,
                                "the password is wrong; `bin/shoal console --password` sets another",
                                Duration.ZERO));
    }

    private static Refusal noPassword() {
        return new Refusal(
                403,
                "this node has no password yet, so no program can sign in: `bin/shoal console --password` sets one",
                Duration.ZERO);
    }
}
