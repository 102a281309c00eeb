package net.shoal.ui.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.shoal.api.console.OwnLogin;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DoorTest {
    private static final InetAddress HERE = InetAddress.getLoopbackAddress();
    private static final String HOST = "127.0.0.1:7717";
    private static final String OWN = "http://" + HOST;

    @TempDir
    Path folder;

    private final FakeClock clock = new FakeClock();
    private Sessions sessions;
    private final List<OwnLogin> ownLogins = new ArrayList<>();
    private Password password;
    private Door door;
    private String session;

    @BeforeEach
    void open() throws IOException {
        sessions = new Sessions(
                new Secrets(new SecureRandom()),
                clock,
                Duration.ofHours(2),
                new SessionsFile(folder.resolve("sessions")));
        password = new Password(folder.resolve("password"), new SecureRandom(), new BackOff(clock));
        door = new Door(sessions, password, ownLogins, InetAddress::isLoopbackAddress);
        session = sessions.open();
    }

    /** A request of a signed-in page, but for what is changed. */
    private final class Request {
        private InetAddress from = HERE;
        private boolean secure;
        private String method = "GET";
        private String path = "/api/v1/transfers";
        private Optional<String> host = Optional.of(HOST);
        private Optional<String> origin = Optional.empty();
        private Optional<String> site = Optional.of("same-origin");
        private boolean navigation;
        private Optional<String> cookie = Optional.of(session);
        private Optional<String> basic = Optional.empty();
        private boolean marked;

        Verdict judge() {
            return door.judge(
                    new Asked(from, secure, method, path, host, origin, site, navigation, cookie, basic, marked));
        }
    }

    private static int status(Verdict verdict) {
        return verdict instanceof Verdict.Refuse refuse
                ? refuse.status()
                : verdict instanceof Verdict.SignIn ? 303 : 200;
    }

    @Test
    void whoIsSignedInMayLook() {
        assertThat(new Request().judge())
                .isEqualTo(new Verdict.Pass(Optional.of(clock.instant().plus(Duration.ofHours(2)))));
    }

    @Test
    void whoIsNotIsShownWhereToOrToldSo() {
        var request = new Request();
        request.cookie = Optional.empty();
        assertThat(status(request.judge())).isEqualTo(401);
        request.cookie = Optional.of("made-up");
        assertThat(status(request.judge())).isEqualTo(401);
        request.navigation = true;
        assertThat(request.judge()).isInstanceOf(Verdict.SignIn.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/index.html",
                "/api/v1/node",
                "/content/x/0",
                "/metrics",
                "/system/console",
                "/nowhere",
                "/login/x",
                "/LOGIN"
            })
    void everyPathIsClosedToThem(String path) {
        var request = new Request();
        request.cookie = Optional.empty();
        request.path = path;
        assertThat(status(request.judge())).isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/login", "/login.css", "/favicon.svg"})
    void exceptWhereOneSignsIn(String path) {
        var request = new Request();
        request.cookie = Optional.empty();
        request.path = path;
        assertThat(request.judge()).isEqualTo(new Verdict.Pass(Optional.empty()));
    }

    @Test
    void aNameThatIsNotOursIsRefusedEvenToWhoIsSignedIn() {
        var request = new Request();
        request.host = Optional.of("evil.example:7717");
        assertThat(status(request.judge())).isEqualTo(403);
        request.host = Optional.empty();
        assertThat(status(request.judge())).isEqualTo(403);
        request.path = "/login";
        assertThat(status(request.judge())).isEqualTo(403);
        request.host = Optional.of("box.local");
        door.hosts(new HostNames(List.of("box.local")));
        assertThat(status(request.judge())).isEqualTo(200);
    }

    @Test
    void anotherOriginIsRefused() {
        var request = new Request();
        for (var origin : List.of(
                "http://evil.example",
                "null",
                "https://" + HOST,
                "http://127.0.0.1:7718",
                "http://localhost:7717",
                "")) {
            request.origin = Optional.of(origin);
            assertThat(status(request.judge())).as(origin).isEqualTo(403);
        }
        request.origin = Optional.of(OWN);
        assertThat(status(request.judge())).isEqualTo(200);
        request.secure = true;
        assertThat(status(request.judge())).isEqualTo(403);
        request.origin = Optional.of("https://" + HOST);
        assertThat(status(request.judge())).isEqualTo(200);
    }

    @Test
    void anotherSiteMayOnlyLeadHere() {
        var request = new Request();
        for (var site : List.of("cross-site", "same-site")) {
            request.site = Optional.of(site);
            request.navigation = false;
            request.method = "GET";
            assertThat(status(request.judge())).as(site).isEqualTo(403);
            request.navigation = true;
            assertThat(status(request.judge())).as(site).isEqualTo(200);
            request.method = "POST";
            request.marked = true;
            assertThat(status(request.judge())).as(site).isEqualTo(403);
        }
        request.site = Optional.of("none");
        assertThat(status(request.judge())).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "PATCH", "DELETE"})
    void whatChangesSomethingCarriesAMark(String method) {
        var request = new Request();
        request.method = method;
        request.origin = Optional.of(OWN);
        assertThat(status(request.judge())).isEqualTo(403);
        request.marked = true;
        assertThat(status(request.judge())).isEqualTo(200);
        request.origin = Optional.empty(); // a program
        assertThat(status(request.judge())).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TRACE", "OPTIONS", "CONNECT", "PROPFIND", "get"})
    void methodsThatNobodyNeedsAreRefused(String method) {
        var request = new Request();
        request.method = method;
        assertThat(status(request.judge())).isEqualTo(405);
    }

    @Test
    void formsOfTheFelixConsoleNeedTheirOriginInstead() {
        var request = new Request();
        request.method = "POST";
        request.path = "/system/console/bundles";
        assertThat(status(request.judge())).isEqualTo(403);
        request.origin = Optional.of(OWN);
        assertThat(status(request.judge())).isEqualTo(200);
        request.path = "/system/consoles";
        assertThat(status(request.judge())).isEqualTo(403);
    }

    @Test
    void aProgramMaySendThePasswordButIsNotFreeToForge() {
        password.set(Optional.of("correct horse"));
        var request = new Request();
        request.cookie = Optional.empty();
        request.site = Optional.empty();
        request.basic = Optional.of("correct horse");
        assertThat(status(request.judge())).isEqualTo(200);
        request.method = "POST";
        assertThat(status(request.judge())).isEqualTo(403);
        request.marked = true;
        assertThat(status(request.judge())).isEqualTo(200);
        request.basic = Optional.of("wrong");
        for (int i = 0; i < 5; i++) {
            assertThat(status(request.judge())).isEqualTo(401);
        }
        assertThat(status(request.judge())).isEqualTo(429);
        request.basic = Optional.of("correct horse");
        assertThat(status(request.judge())).isEqualTo(429);
        request.basic = Optional.empty();
        request.cookie = Optional.of(session);
        assertThat(status(request.judge())).isEqualTo(200);
    }

    @Test
    void whoIsOutsideTheScopeIsNotTalkedTo() throws IOException {
        var request = new Request();
        request.from = InetAddress.getByName("10.0.0.7");
        assertThat(status(request.judge())).isEqualTo(403);
    }

    @Test
    void othersMayAskForThePasswordThemselvesOnPathsOfTheirOwn() {
        ownLogins.add(() -> "/transmission");
        var request = new Request();
        request.cookie = Optional.empty();
        request.site = Optional.empty();
        request.method = "POST";
        request.path = "/transmission/rpc";
        assertThat(request.judge()).isEqualTo(new Verdict.Pass(Optional.empty()));
        request.path = "/transmissions";
        assertThat(status(request.judge())).isEqualTo(401);
        request.path = "/transmission/rpc";
        request.origin = Optional.of("http://evil.example");
        assertThat(status(request.judge())).isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "",
                "/api",
                "/api/v1",
                "/api/v1/node",
                "/content",
                "/metrics",
                "/system",
                "/system/console",
                "/a/../api/v1",
                "/*",
                "/login"
            })
    void nobodyMayOpenWhatIsNotTheirs(String path) {
        ownLogins.add(() -> path);
        var request = new Request();
        request.cookie = Optional.empty();
        for (var asked : List.of("/", "/api/v1/node", "/content/a/0", "/metrics", "/system/console")) {
            request.path = asked;
            assertThat(status(request.judge())).as(asked).isEqualTo(401);
        }
    }
}
