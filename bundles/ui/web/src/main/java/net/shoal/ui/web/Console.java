package net.shoal.ui.web;

import jakarta.servlet.Servlet;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import net.shoal.api.console.ConsoleAddress;
import net.shoal.api.console.Logins;
import net.shoal.api.console.OwnLogin;
import net.shoal.api.net.NetworkScope;
import net.shoal.api.node.Home;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.servlet.whiteboard.Preprocessor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The console as a whole: closed, then open at a place, then perhaps at another. The door stands before the web server listens, and until after
 * it has stopped. On one thread.
 */
final class Console {
    private static final Logger LOG = LoggerFactory.getLogger(Console.class);
    private static final Duration UNTIL_TOLD = Duration.ofDays(7);

    private final BundleContext context;
    private final NetworkScope scope;
    private final Sessions sessions;
    private final OneTimeTokens tokens;
    private final Password password;
    private final Door door;
    private final Jetty jetty;
    private final HttpsChoice https;
    private final FelixConsole felixConsole;
    /** What is to be undone, the last one first. */
    private final Deque<ServiceRegistration<?>> registered = new ArrayDeque<>();

    private @Nullable DoorSettings now;

    Console(
            BundleContext context,
            Home home,
            NetworkScope scope,
            ConfigurationAdmin configurations,
            Collection<OwnLogin> ownLogins)
            throws IOException {
        var random = new SecureRandom();
        var secrets = new Secrets(random);
        var clock = Clock.systemUTC();
        var state = home.state("console");
        this.context = context;
        this.scope = scope;
        this.sessions = new Sessions(secrets, clock, UNTIL_TOLD, new SessionsFile(state.resolve("sessions")));
        this.tokens = new OneTimeTokens(secrets, clock);
        this.password = new Password(state.resolve("password"), random, new BackOff(clock));
        this.door = new Door(sessions, password, ownLogins, scope::permits);
        this.jetty = new Jetty(context, configurations);
        this.https = new HttpsChoice(new Certificates(state, random, clock));
        this.felixConsole = new FelixConsole(context);
    }

    /** Goes by these settings from now on. */
    void use(DoorSettings settings) throws InterruptedException {
        door.hosts(new HostNames(settings.hosts()));
        sessions.idle(settings.session());
        usePassword(settings.passwordHash());
        var before = now;
        now = settings;
        if (before == null || !before.isSamePlace(settings)) {
            close();
            open(settings);
        }
    }

    private void usePassword(String hash) {
        try {
            password.given(hash.isEmpty() ? Optional.empty() : Optional.of(PasswordHash.parse(hash)));
        } catch (IllegalArgumentException e) {
            LOG.warn("The setting {}:passwordHash is not used: {}", DoorConfig.PID, e.getMessage());
        }
    }

    private void open(DoorSettings settings) throws InterruptedException {
        try {
            var place = ConsolePlace.parse(settings.listen());
            if (place.isEmpty()) {
                tell(() -> "off\t\t");
                return;
            }
            check(place.get());
            int port = Jetty.freePort(place.get());
            if (place.get().port() != 0 && port != place.get().port()) {
                LOG.warn(
                        "Port {} is taken; the console is at port {}",
                        place.get().port(),
                        port);
            }
            open(place.get().host(), port, https.of(place.get(), settings));
        } catch (IllegalArgumentException e) {
            fail(String.valueOf(e.getMessage()), "");
        } catch (IOException e) {
            fail("the console cannot be at " + settings.listen() + ": " + e.getMessage(), "name another place, or off");
        }
    }

    private void check(ConsolePlace place) {
        if (place.isForOthers() && !password.isSet()) {
            throw new IllegalArgumentException("a console that others can reach takes a password:"
                    + " run with --console 127.0.0.1:0, and set one by `shoal console --password`");
        }
        boolean reaches =
                place.host().isAnyLocalAddress() ? scope != NetworkScope.LOOPBACK : scope.permits(place.host());
        if (!reaches) {
            throw new IllegalArgumentException("the console cannot be at "
                    + place.host().getHostAddress() + ", which lies outside the network scope");
        }
    }

    private void open(InetAddress host, int port, Optional<Certificates.Store> certificate)
            throws IOException, InterruptedException {
        register(Preprocessor.class, new Gate(door, felixConsole), Map.of());
        register(
                Servlet.class,
                new LoginServlet(sessions, tokens, password),
                Map.of("osgi.http.whiteboard.servlet.pattern", Door.OPEN.toArray(String[]::new)));
        jetty.listen(host, port, certificate);
        var url = URI.create((certificate.isPresent() ? "https://" : "http://") + shown(host) + ":" + port + "/");
        var address = new Address(url, tokens, sessions, password, !host.isLoopbackAddress());
        register(Logins.class, new PasswordLogins(sessions, password), Map.of());
        register(ConsoleAddress.class, address, Map.of());
        LOG.info("The console is at {}", url);
        tell(() -> "open\t" + url + "\t" + address.loginUrl());
    }

    private static String shown(InetAddress host) {
        if (host.isAnyLocalAddress()) {
            return "localhost";
        }
        var text = host.getHostAddress();
        return text.indexOf(':') < 0 ? text : "[" + text.replaceFirst("%.*", "") + "]";
    }

    private void fail(String message, String hint) {
        LOG.warn("The console is closed: {}", message);
        close();
        tell(() -> "failed\t" + message.replace('\t', ' ').replace('\n', ' ') + "\t" + hint);
    }

    /** For the launcher, which knows no class of ours: {@code open TAB URL TAB URL to sign in}, {@code off}, or {@code failed TAB message TAB hint}. */
    private void tell(Supplier<String> verdict) {
        register(Supplier.class, verdict, Map.of("shoal.node", "console"));
    }

    private void register(Class<?> type, Object service, Map<String, ?> properties) {
        registered.push(context.registerService(type.getName(), service, FrameworkUtil.asDictionary(properties)));
    }

    void close() {
        try {
            jetty.close();
        } catch (IOException | IllegalStateException e) {
            LOG.debug("The web server is gone already", e);
        }
        while (!registered.isEmpty()) {
            try {
                registered.pop().unregister();
            } catch (IllegalStateException e) {
                LOG.debug("A service is gone already", e);
            }
        }
        felixConsole.close();
    }

    /** The console to those who are not web pages. */
    private record Address(URI url, OneTimeTokens tokens, Sessions sessions, Password password, boolean isForOthers)
            implements ConsoleAddress {
        @Override
        public URI loginUrl() {
            return url.resolve("/login?token=" + tokens.next());
        }

        @Override
        public void setPassword(Optional<String> given) {
            if (given.isEmpty() && isForOthers) {
                throw new IllegalArgumentException("others can reach the console, so it needs a password");
            }
            password.set(given);
        }

        @Override
        public void signOut(Optional<String> but) {
            sessions.closeAll(but);
            LOG.info("Browsers were signed out{}", but.isPresent() ? ", all but one" : "");
        }
    }
}
