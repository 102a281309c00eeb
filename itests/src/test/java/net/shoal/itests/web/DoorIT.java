package net.shoal.itests.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import net.shoal.itests.distribution.Distribution;
import net.shoal.itests.distribution.Running;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How one gets in to a packaged node, and where its console opens. */
class DoorIT {
    private static final int SECONDS = 60;

    @TempDir
    Path folder;

    @Test
    void aLinkSignsInOnceAndStandsInNoLog() throws Exception {
        try (var node = ConsoleNode.start(folder)) {
            var link = node.loginUrl();
            var browser = Browser.signedIn(node.console(), link);
            assertThat(browser.get("/api/v1/node").statusCode()).isEqualTo(200);
            var again = new Browser(node.console()).get(link.substring(link.indexOf("/login")));
            assertThat(again.statusCode()).isEqualTo(403);
            assertThat(again.headers().firstValue("Set-Cookie")).isEmpty();
            var cookie = browser.cookie().substring(browser.cookie().indexOf('=') + 1);
            assertThat(node.node().log())
                    .contains("The console is at " + node.console())
                    .doesNotContain(link.substring(link.indexOf("token=") + 6))
                    .doesNotContain("token=")
                    .doesNotContain(cookie);
        }
    }

    @Test
    void thePasswordOpensAndFiveWrongOnesShutItForAnHour() throws Exception {
        try (var node = ConsoleNode.start(folder)) {
            node.setPassword("correct horse");
            var browser = new Browser(node.console());
            assertThat(new String(browser.get("/login").body(), StandardCharsets.UTF_8))
                    .contains("type=\"password\"");
            var entered = signIn(browser, "correct+horse");
            assertThat(entered.statusCode()).isEqualTo(200);
            assertThat(entered.headers().firstValue("Set-Cookie").orElse(""))
                    .contains("HttpOnly", "SameSite=Strict")
                    .doesNotContain("Secure");
            browser.keepCookie(entered);
            assertThat(browser.get("/api/v1/node").statusCode()).isEqualTo(200);
            for (int i = 0; i < 5; i++) {
                assertThat(signIn(browser, "guess" + i).statusCode()).isEqualTo(403);
            }
            var blocked = signIn(browser, "correct+horse");
            assertThat(blocked.statusCode()).isEqualTo(429);
            assertThat(Integer.parseInt(
                            blocked.headers().firstValue("Retry-After").orElse("0")))
                    .isBetween(3_000, 3_601);
            assertThat(browser.get("/api/v1/node").statusCode())
                    .as("who is in stays in")
                    .isEqualTo(200);
            assertThat(Browser.signedIn(node.console(), node.loginUrl())
                            .get("/api/v1/node")
                            .statusCode())
                    .isEqualTo(200);
            assertThat(node.node().log()).doesNotContain("correct horse").doesNotContain("guess0");
            try (var files = Files.walk(folder.resolve("home/state"))) {
                assertThat(files.filter(Files::isRegularFile).toList())
                        .allSatisfy(file -> assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                                .doesNotContain("correct horse"));
            }
        }
    }

    private static java.net.http.HttpResponse<byte[]> signIn(Browser browser, String password) throws Exception {
        return browser.send(
                "POST",
                "/login",
                Map.of("Origin", browser.origin(), "Content-Type", "application/x-www-form-urlencoded"),
                BodyPublishers.ofString("password=" + password));
    }

    @Test
    void whereOthersCanReachItItTakesAPasswordAndTheScopeStillHolds() throws Exception {
        var log = folder.resolve("refused.log");
        assertThat(run(log, "--net", "loopback", "--console", "0.0.0.0:0")).isEqualTo(1);
        assertThat(Running.tail(log)).contains("takes a password");
        try (var node = ConsoleNode.start(folder)) {
            node.setPassword("correct horse");
        }
        assertThat(run(log, "--net", "loopback", "--console", "0.0.0.0:0")).isEqualTo(1);
        assertThat(Running.tail(log)).contains("outside the network scope");
    }

    private int run(Path log, String... options) throws Exception {
        var command = new ArrayList<>(List.of(
                Distribution.ofThisBuild().launcher().toString(),
                "run",
                "--headless",
                "--home",
                folder.resolve("home").toString(),
                "--listen",
                "127.0.0.1:0"));
        command.addAll(List.of(options));
        var running = Running.start(
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()));
        try {
            assertThat(running.waitFor(SECONDS, TimeUnit.SECONDS)).isTrue();
            return running.exitValue();
        } finally {
            Running.end(running);
        }
    }

    @Test
    void aPortThatWasAskedForAndIsTakenEndsTheNodeInWords() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var log = folder.resolve("taken.log");
            assertThat(run(log, "--net", "loopback", "--console", "127.0.0.1:" + taken.getLocalPort()))
                    .isEqualTo(1);
            assertThat(Running.tail(log)).contains("the console cannot be at 127.0.0.1:" + taken.getLocalPort());
        }
    }

    @Test
    void theFelixConsoleIsBehindTheSameDoorAndStartsWhenSomebodyGoesThere() throws Exception {
        try (var node = ConsoleNode.start(folder)) {
            var browser = node.browser();
            Running.await(
                    "the Felix Web Console",
                    SECONDS,
                    () -> browser.get("/system/console/bundles").statusCode() == 200);
            var page = browser.get("/system/console/bundles");
            assertThat(new String(page.body(), StandardCharsets.UTF_8)).contains("net.shoal.engine");
            assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
                    .contains("'unsafe-inline'", "frame-ancestors 'none'");
            assertThat(new Browser(node.console())
                            .get("/system/console/bundles")
                            .statusCode())
                    .isEqualTo(401);
            assertThat(browser.get("/api/v1/node")
                            .headers()
                            .firstValue("Content-Security-Policy")
                            .orElse(""))
                    .doesNotContain("unsafe");
        }
    }

    @Test
    void whoIsSignedInStaysSoWhenTheNodeStartsAgainAndNoFileSaysByWhat() throws Exception {
        var secrets = new ArrayList<String>();
        Browser browser;
        Browser other;
        int port;
        try (var node = ConsoleNode.start(folder)) {
            port = node.console().getPort();
            var link = node.loginUrl();
            browser = Browser.signedIn(node.console(), link);
            other = node.browser();
            secrets.add(link.substring(link.indexOf("token=") + 6));
        }
        try (var node = ConsoleNode.start(folder, "--console", "127.0.0.1:" + port)) {
            assertThat(browser.get("/api/v1/node").statusCode()).isEqualTo(200);
            assertThat(other.get("/api/v1/node").statusCode()).isEqualTo(200);
            assertThat(browser.change("DELETE", "/api/v1/session/others").statusCode())
                    .isEqualTo(204);
            assertThat(other.get("/api/v1/node").statusCode()).isEqualTo(401);
            for (var signedIn : List.of(browser, other)) {
                secrets.add(signedIn.cookie().substring(signedIn.cookie().indexOf('=') + 1));
            }
        }
        var kept = folder.resolve("home/state/console/sessions");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(kept)))
                .isEqualTo("rw-------");
        try (var files = Files.walk(folder.resolve("home"))) {
            assertThat(files.filter(Files::isRegularFile).toList())
                    .contains(kept)
                    .allSatisfy(file -> assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                            .doesNotContain(secrets));
        }
        try (var node = ConsoleNode.start(folder, "--console", "127.0.0.1:" + port)) {
            assertThat(other.get("/api/v1/node").statusCode()).isEqualTo(401);
            assertThat(browser.change("DELETE", "/api/v1/session").statusCode()).isEqualTo(204);
        }
        try (var node = ConsoleNode.start(folder, "--console", "127.0.0.1:" + port)) {
            assertThat(browser.get("/api/v1/node").statusCode()).isEqualTo(401);
            var last = node.browser();
            assertThat(node.node()
                            .control()
                            .results("console", "--sign-out")
                            .get(0)
                            .path("signed_out")
                            .asBoolean())
                    .isTrue();
            assertThat(last.get("/api/v1/node").statusCode()).isEqualTo(401);
        }
    }

    @Test
    void thePageToSignInSpeaksTheLanguageOfTheBrowser() throws Exception {
        try (var node = ConsoleNode.start(folder)) {
            var browser = new Browser(node.console());
            for (var words : Map.of("de-CH,de;q=0.9", "anzumelden", "zh-CN", "登录", "fr", "sign this browser in")
                    .entrySet()) {
                var page = browser.send(
                        "GET", "/login", Map.of("Accept-Language", words.getKey()), BodyPublishers.noBody());
                assertThat(new String(page.body(), StandardCharsets.UTF_8)).contains(words.getValue());
            }
        }
    }
}
