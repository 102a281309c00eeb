package net.shoal.ui.web;

import java.net.InetAddress;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import net.shoal.api.console.Logins.Answer;
import net.shoal.api.console.OwnLogin;

/**
 * Decides on every request, before anybody looks for a servlet: is it meant for us, did our own pages or a program send it, who is it? Nothing
 * is open that is not named here.
 */
final class Door {
    /** Where one signs in: the only paths of the console for those who have not. */
    static final Set<String> OPEN = Set.of("/login", "/login.css", "/favicon.ico", "/favicon.svg");

    /** The Felix Web Console, whose forms know nothing of our header. */
    static final String FELIX_CONSOLE = "/system/console";

    private static final Set<String> SAFE = Set.of("GET", "HEAD");
    private static final Set<String> KNOWN = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE");
    private static final Set<String> FOREIGN_SITES = Set.of("cross-site", "same-site");

    private final Sessions sessions;
    private final Password password;
    private final Collection<OwnLogin> ownLogins;
    private volatile HostNames hosts = new HostNames(List.of());
    private volatile Predicate<InetAddress> scope;

    /**
     * @param ownLogins may change
     * @param scope whom the node talks to at all
     */
    Door(Sessions sessions, Password password, Collection<OwnLogin> ownLogins, Predicate<InetAddress> scope) {
        this.sessions = sessions;
        this.password = password;
        this.ownLogins = ownLogins;
        this.scope = scope;
    }

    void hosts(HostNames now) {
        hosts = now;
    }

    void scope(Predicate<InetAddress> now) {
        scope = now;
    }

    Verdict judge(Asked asked) {
        return misdirected(asked).or(() -> foreign(asked)).orElseGet(() -> known(asked));
    }

    private Optional<Verdict> misdirected(Asked asked) {
        if (!scope.test(asked.from())) {
            return refused(
                    "forbidden", "this node does not talk to " + asked.from().getHostAddress(), "");
        }
        if (asked.host().filter(hosts::includes).isEmpty()) {
            return refused(
                    "host",
                    "this node does not go by the name in the address line",
                    "use its address, or add the name to the setting " + DoorConfig.PID + ":hosts");
        }
        if (!KNOWN.contains(asked.method())) {
            return Optional.of(new Verdict.Refuse(405, "method", "there is no such method", ""));
        }
        return Optional.empty();
    }

    /** Another site has sent it, or a page that says nothing of where it is from. */
    private static Optional<Verdict> foreign(Asked asked) {
        var own = (asked.secure() ? "https://" : "http://")
                + asked.host().orElse("").toLowerCase(Locale.ROOT);
        boolean otherOrigin = asked.origin()
                .filter(origin -> !origin.toLowerCase(Locale.ROOT).equals(own))
                .isPresent();
        boolean otherSite = asked.site().filter(FOREIGN_SITES::contains).isPresent()
                && !(asked.isNavigation() && SAFE.contains(asked.method()));
        return otherOrigin || otherSite
                ? refused("origin", "another site has sent this", "open the console itself")
                : Optional.empty();
    }

    private static Optional<Verdict> refused(String code, String message, String hint) {
        return Optional.of(new Verdict.Refuse(403, code, message, hint));
    }

    private Verdict known(Asked asked) {
        if (OPEN.contains(asked.path()) || hasOwnLogin(asked.path())) {
            return new Verdict.Pass(Optional.empty());
        }
        var until = asked.session().flatMap(sessions::use);
        if (until.isPresent()) {
            return forged(asked).orElseGet(() -> new Verdict.Pass(until));
        }
        if (asked.password().isPresent()) {
            return byPassword(asked, asked.password().get());
        }
        return asked.isNavigation() && SAFE.contains(asked.method())
                ? new Verdict.SignIn()
                : new Verdict.Refuse(
                        401,
                        "unauthenticated",
                        "nobody is signed in",
                        "`shoal console` prints a link that signs a browser in");
    }

    private Verdict byPassword(Asked asked, String given) {
        var answer = password.check(asked.from(), given);
        if (answer instanceof Answer.Right) {
            return forged(asked).orElseGet(() -> new Verdict.Pass(Optional.empty()));
        }
        return answer instanceof Answer.Blocked blocked ? blocked(blocked) : wrong();
    }

    static Verdict.Refuse wrong() {
        return new Verdict.Refuse(401, "password", "the password is wrong", "`shoal console --password` sets another");
    }

    static Verdict.Refuse blocked(Answer.Blocked blocked) {
        return new Verdict.Refuse(
                429,
                "blocked",
                "too many wrong passwords came from this address",
                "wait an hour; on the node's machine `shoal console` prints a link that signs in at once",
                blocked.rest());
    }

    /** Changes something, and may be a form on somebody else's page that a browser sends with our cookie. */
    private static Optional<Verdict> forged(Asked asked) {
        if (SAFE.contains(asked.method()) || asked.isMarked()) {
            return Optional.empty();
        }
        boolean isOwnForm =
                isBelow(asked.path(), FELIX_CONSOLE) && asked.origin().isPresent();
        return isOwnForm
                ? Optional.empty()
                : refused(
                        "forged", "the header Shoal-Request: 1 is missing", "send it with whatever changes something");
    }

    private boolean hasOwnLogin(String path) {
        return ownLogins.stream().map(OwnLogin::path).anyMatch(own -> isBelow(path, own) && mayBeOwn(own));
    }

    /** Whoever registers one cannot open what is not theirs. */
    static boolean mayBeOwn(String own) {
        return own.matches("/[a-z0-9][a-z0-9_-]*(/[a-z0-9][a-z0-9_-]*)*")
                && !isBelow(own, "/api/v1")
                && !own.equals("/api")
                && !isBelow(own, "/content")
                && !isBelow(own, "/metrics")
                && !isBelow(own, "/system")
                && !isBelow(own, "/login");
    }

    private static boolean isBelow(String path, String parent) {
        return path.equals(parent) || path.startsWith(parent + "/");
    }
}
