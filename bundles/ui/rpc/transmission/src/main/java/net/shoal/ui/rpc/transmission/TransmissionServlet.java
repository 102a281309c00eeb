package net.shoal.ui.rpc.transmission;

import jakarta.servlet.Servlet;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.OptionalInt;
import net.shoal.api.console.Entrance;
import net.shoal.api.console.Logins;
import net.shoal.api.console.OwnLogin;
import net.shoal.api.library.ContentLinks;
import net.shoal.api.library.ShareLibrary;
import net.shoal.api.net.FrontDoor;
import net.shoal.api.node.Home;
import net.shoal.api.node.Settings;
import net.shoal.api.node.UserFolder;
import net.shoal.api.transfer.TransferEngine;
import net.shoal.base.command.Json;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/**
 * The way in: behind the console's door, which has seen to hosts, origins and sites, it takes HTTP Basic or a session of the console, and then
 * the session id that every request has to bring, so that no page can make a browser send one (2.2.1 of Transmission's rpc-spec). Enabled by
 * {@link TransmissionSwitch}.
 */
@Component(
        name = TransmissionServlet.NAME,
        service = {Servlet.class, OwnLogin.class},
        enabled = false,
        property = {
            "osgi.http.whiteboard.servlet.pattern=" + TransmissionServlet.PATH + "/*",
            "shoal.needed:Boolean=false"
        })
public final class TransmissionServlet extends HttpServlet implements OwnLogin {
    static final String NAME = "net.shoal.ui.rpc.transmission.servlet";
    static final String PATH = "/transmission/rpc";
    static final String TOKEN_HEADER = "X-Transmission-Session-Id";

    private static final long serialVersionUID = 1L;
    private static final int TOKEN_BYTES = 32;
    /** A .torrent in base64, and what is said beside it. */
    private static final int LARGEST_BODY = TorrentAdd.LARGEST_TORRENT / 3 * 4 + (1 << 20);
    /** Read though nobody may come in: programs that are cut off while they send do not see why. */
    private static final int DRAINED = 1 << 20;

    private final transient Entrance entrance;
    private final transient Methods methods;
    private final String token;

    /** It comes and goes with the port, which is no reason for numbers and session ids to change. */
    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private transient volatile @Nullable FrontDoor frontDoor;

    @Activate
    public TransmissionServlet(
            BundleContext context,
            @Reference Home home,
            @Reference Settings settings,
            @Reference TransferEngine engine,
            @Reference ShareLibrary library,
            @Reference ContentLinks links,
            @Reference Logins logins) {
        this.entrance = new Entrance(logins);
        this.token = newToken();
        var facts = new SessionSettings.Facts(String.valueOf(context.getProperty("shoal.version")), home.root(), token);
        this.methods =
                methods(engine, library, links, home, settings, new SessionSettings(settings, this::port, facts));
    }

    private OptionalInt port() {
        var door = frontDoor;
        return door == null ? OptionalInt.empty() : OptionalInt.of(door.port());
    }

    private static String newToken() {
        var bytes = new byte[TOKEN_BYTES];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static Methods methods(
            TransferEngine engine,
            ShareLibrary library,
            ContentLinks links,
            Home home,
            Settings settings,
            SessionSettings session) {
        var clock = Clock.systemUTC();
        var runtime = ManagementFactory.getRuntimeMXBean();
        var torrents = new Torrents(engine, () -> clock.instant().getEpochSecond());
        var labels = new Labels(home.state("transmission").resolve("labels.json"));
        var get =
                new TorrentGet(torrents, labels, library, () -> clock.instant().getEpochSecond());
        var set = new TorrentSet(labels);
        var add = new TorrentAdd(engine, links, torrents, get, set, () -> UserFolder.downloads(settings));
        return new Methods(
                get,
                add,
                set,
                new Actions(engine, torrents, labels),
                session,
                new SessionStats(engine, () -> runtime.getUptime() / 1_000));
    }

    @Override
    public String path() {
        return PATH;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var refusal = entrance.ask(
                InetAddress.getByName(request.getRemoteAddr()), // a literal
                session(request),
                Optional.ofNullable(request.getHeader("Authorization")));
        if (refusal.isPresent()) {
            refuse(refusal.get(), request, response);
        } else if (!isAt(request)) {
            say(HttpServletResponse.SC_NOT_FOUND, "there is nothing here; the interface is at " + PATH, response);
        } else if (!hasToken(request)) {
            request.getInputStream().readNBytes(DRAINED);
            response.setHeader(TOKEN_HEADER, token);
            say(
                    HttpServletResponse.SC_CONFLICT,
                    "send the header " + TOKEN_HEADER + " of this answer with every request",
                    response);
        } else if (!request.getMethod().equals("POST")) {
            response.setHeader("Allow", "POST");
            say(HttpServletResponse.SC_METHOD_NOT_ALLOWED, "requests are sent by POST", response);
        } else {
            answer(request, response);
        }
    }

    private static boolean isAt(HttpServletRequest request) {
        var more = request.getPathInfo();
        return more == null || more.equals("/");
    }

    private static Optional<String> session(HttpServletRequest request) {
        var cookies = request.getCookies();
        return cookies == null
                ? Optional.empty()
                : Arrays.stream(cookies)
                        .filter(cookie -> cookie.getName().equals(Entrance.cookie(request.getLocalPort())))
                        .map(Cookie::getValue)
                        .findFirst();
    }

    private boolean hasToken(HttpServletRequest request) {
        var given = Optional.ofNullable(request.getHeader(TOKEN_HEADER)).orElse("");
        return MessageDigest.isEqual(given.getBytes(StandardCharsets.UTF_8), token.getBytes(StandardCharsets.UTF_8));
    }

    private static void refuse(Entrance.Refusal refusal, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        request.getInputStream().readNBytes(DRAINED);
        if (refusal.status() == HttpServletResponse.SC_UNAUTHORIZED) {
            response.setHeader("WWW-Authenticate", "Basic realm=\"Shoal\", charset=\"UTF-8\"");
        }
        refusal.retryAfterSeconds().ifPresent(seconds -> response.setHeader("Retry-After", seconds));
        if (!request.getInputStream().isFinished()) {
            response.setHeader("Connection", "close");
        }
        say(refusal.status(), refusal.message(), response);
    }

    private static void say(int status, String sentence, HttpServletResponse response) throws IOException {
        response.setStatus(status);
        response.setContentType("text/plain;charset=utf-8");
        response.getOutputStream().write((sentence + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
        boolean isAnnounced = request.getContentLengthLong() > LARGEST_BODY;
        var body = request.getInputStream().readNBytes(isAnnounced ? 0 : LARGEST_BODY + 1);
        if (isAnnounced || body.length > LARGEST_BODY) {
            response.setHeader("Connection", "close");
            say(
                    HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE,
                    "a request has at most " + LARGEST_BODY + " bytes",
                    response);
            return;
        }
        try {
            var json = Json.write(methods.answer(new String(body, StandardCharsets.UTF_8)));
            response.setContentType("application/json");
            response.getOutputStream().write(json.getBytes(StandardCharsets.UTF_8));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            say(HttpServletResponse.SC_SERVICE_UNAVAILABLE, "the node stops", response);
        }
    }
}
