package net.shoal.itests.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.shoal.itests.distribution.Running;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** Row S10 of the reliability targets, for the interfaces that ask for a login themselves: see {@link RouteMatrixIT} for all others. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class OwnLoginsIT {
    private static final String PASSWORD = "correct horse";
    private static final int SECONDS = 60;
    private static final List<String> METHODS = List.of("GET", "POST", "PUT", "DELETE");
    private static final List<String> PATHS = List.of(RpcClient.PATH, RpcClient.PATH + "/");
    private static final String BODY = "{\"method\":\"session-get\"}";

    @TempDir
    static Path folder;

    private static ConsoleNode node;
    private static Browser browser;

    @BeforeAll
    static void start() throws Exception {
        node = ConsoleNode.start(folder);
        browser = node.browser();
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    private static HttpResponse<byte[]> send(String method, String path, Map<String, String> headers) throws Exception {
        var all = new TreeMap<>(headers);
        all.putIfAbsent("Cookie", "");
        return browser.send(
                method, path, all, method.equals("POST") ? BodyPublishers.ofString(BODY) : BodyPublishers.noBody());
    }

    private static void everywhere(String what, int wanted, Map<String, String> headers) throws Exception {
        var let = new ArrayList<String>();
        for (var path : PATHS) {
            for (var method : METHODS) {
                var response = send(method, path, headers);
                if (response.statusCode() != wanted || text(response).contains("session-id")) {
                    let.add(method + " " + path + " answers " + response.statusCode());
                }
            }
        }
        assertThat(let).as(what).isEmpty();
    }

    private static String text(HttpResponse<byte[]> response) {
        return new String(response.body(), StandardCharsets.UTF_8);
    }

    private static String session() {
        return browser.cookie();
    }

    @Test
    @Order(0)
    void nothingIsThereBeforeItIsEnabledAtRuntime() throws Exception {
        everywhere("no login", 401, Map.of());
        assertThat(send("GET", RpcClient.PATH, Map.of("Cookie", session())).statusCode())
                .isEqualTo(404);
        enable(true);
        Running.await("on", SECONDS, () -> statusOfWhoIsIn() == 409);
    }

    private static void enable(boolean wanted) throws Exception {
        var answer = browser.change("PATCH", "/api/v1/settings", Map.of(RpcClient.SETTING, Boolean.toString(wanted)));
        assertThat(answer.statusCode()).isEqualTo(200);
    }

    private static int statusOfWhoIsIn() throws Exception {
        return send("GET", RpcClient.PATH, Map.of("Cookie", session())).statusCode();
    }

    @Test
    @Order(6)
    void nothingIsThereOnceItIsDisabled() throws Exception {
        enable(false);
        Running.await("off", SECONDS, () -> statusOfWhoIsIn() == 404);
        everywhere("no login", 401, Map.of());
    }

    @Test
    @Order(1)
    void withoutAPasswordItIsSaidHowOneIsSetAndNothingElse() throws Exception {
        everywhere("no password is set", 403, Map.of());
        everywhere("admin:admin", 403, Map.of("Authorization", "Basic YWRtaW46YWRtaW4="));
        assertThat(text(send("POST", RpcClient.PATH, Map.of()))).contains("`bin/shoal console --password` sets one");
        assertThat(send("POST", RpcClient.PATH, Map.of("Cookie", session())).statusCode())
                .as("who is signed in needs none")
                .isEqualTo(409);
        node.setPassword(PASSWORD);
    }

    @Test
    @Order(2)
    void nothingIsServedToWhomNobodyKnows() throws Exception {
        everywhere("no login", 401, Map.of());
        assertThat(send("GET", RpcClient.PATH, Map.of()).headers().firstValue("WWW-Authenticate"))
                .contains("Basic realm=\"Shoal\", charset=\"UTF-8\"");
        everywhere(
                "a session that is made up", 401, Map.of("Cookie", session().replaceAll("=.*", "=" + "A".repeat(43))));
        everywhere(
                "the cookie of another port", 401, Map.of("Cookie", session().replaceFirst("shoal-[0-9]+", "shoal-1")));
        for (var header : List.of("Basic", "Basic !", "Bearer " + PASSWORD, "Digest x")) {
            everywhere(header, 401, Map.of("Authorization", header));
        }
    }

    @Test
    @Order(3)
    void anotherHostOriginOrSiteIsRefusedWhoeverItIs() throws Exception {
        int port = node.console().getPort();
        for (var login : List.of(
                Map.<String, String>of(),
                Map.of("Cookie", session()),
                Map.of("Authorization", RpcClient.basic(PASSWORD)))) {
            for (var host : List.of("evil.example", "evil.example:" + port, "127.0.0.1.nip.io")) {
                everywhere("host " + host, 403, with(login, Map.of("Host", host)));
            }
            var rebound = "rebound.example:" + port;
            everywhere("rebinding", 403, with(login, Map.of("Host", rebound, "Origin", "http://" + rebound)));
            for (var origin :
                    List.of("http://evil.example", "null", "http://127.0.0.1:1", "https://127.0.0.1:" + port)) {
                everywhere("origin " + origin, 403, with(login, Map.of("Origin", origin)));
            }
            for (var site : List.of("cross-site", "same-site")) {
                everywhere(site, 403, with(login, Map.of("Sec-Fetch-Site", site, "Sec-Fetch-Mode", "no-cors")));
            }
        }
    }

    private static Map<String, String> with(Map<String, String> some, Map<String, String> more) {
        var all = new TreeMap<>(some);
        all.putAll(more);
        return all;
    }

    @Test
    @Order(4)
    void whoIsKnownStillHasToBringTheSessionId() throws Exception {
        for (var login : List.of(Map.of("Cookie", session()), Map.of("Authorization", RpcClient.basic(PASSWORD)))) {
            everywhere("no session id", 409, login);
            everywhere("a wrong one", 409, with(login, Map.of("X-Transmission-Session-Id", "A".repeat(43))));
        }
        assertThat(send("OPTIONS", RpcClient.PATH, Map.of()).statusCode()).isEqualTo(405);
        var token = send("GET", RpcClient.PATH, Map.of("Cookie", session()))
                .headers()
                .firstValue("X-Transmission-Session-Id")
                .orElseThrow();
        var known = Map.of("Cookie", session(), "X-Transmission-Session-Id", token);
        var answer = send("POST", RpcClient.PATH, known);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
        assertThat(Browser.json(answer).path("result").asText()).isEqualTo("success");
        assertThat(send("GET", RpcClient.PATH, known).statusCode()).isEqualTo(405);
        assertThat(send("POST", RpcClient.PATH + "/more", known).statusCode()).isEqualTo(404);
        everywhere("the session id alone", 401, Map.of("X-Transmission-Session-Id", token));
        assertThat(node.node().log()).doesNotContain(token).doesNotContain(PASSWORD);
    }

    @Test
    @Order(5)
    void fiveWrongPasswordsShutItForAnHour() throws Exception {
        for (int i = 0; i < 5; i++) {
            assertThat(send("POST", RpcClient.PATH, Map.of("Authorization", RpcClient.basic("guess " + i)))
                            .statusCode())
                    .isEqualTo(401);
        }
        var right = Map.of("Authorization", RpcClient.basic(PASSWORD));
        everywhere("too many were wrong", 429, right);
        assertThat(Integer.parseInt(send("POST", RpcClient.PATH, right)
                        .headers()
                        .firstValue("Retry-After")
                        .orElse("0")))
                .isBetween(3_000, 3_601);
        assertThat(send("POST", RpcClient.PATH, Map.of("Cookie", session())).statusCode())
                .as("who is in stays in")
                .isEqualTo(409);
    }
}
