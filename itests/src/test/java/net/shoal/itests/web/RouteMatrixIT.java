package net.shoal.itests.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.shoal.itests.web.OpenApi.Operation;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Row S10 of the reliability targets: every route of the OpenAPI document (and what is served beside it) with a host, an origin and a session
 * that is missing, wrong, or that of a name which somebody has made to lead here. A route that is not in the document is not served at all:
 * see {@link ApiIT}.
 */
class RouteMatrixIT {
    private static final List<Operation> BESIDE = List.of(
            beside("GET", "/"),
            beside("GET", "/index.html"),
            beside("GET", "/system/console"),
            beside("POST", "/system/console/bundles"),
            beside("GET", "/system/console/config"),
            beside("POST", "/transmission/rpc"), // not enabled; see OwnLoginsIT for when it is
            beside("GET", "/nowhere"),
            beside("POST", "/nowhere"));

    @TempDir
    static Path folder;

    private static ConsoleNode node;
    private static Browser browser;
    private static List<Operation> all;

    private static Operation beside(String method, String path) {
        return new Operation(method, path, Browser.JSON.missingNode());
    }

    @BeforeAll
    static void start() throws Exception {
        node = ConsoleNode.start(folder);
        browser = node.browser();
        all = new ArrayList<>(new OpenApi(Browser.json(browser.get("/api/v1/openapi.json"))).operations());
        all.addAll(BESIDE);
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    /** What a request is like, but for what a row changes: that of a page of the console. */
    private static int status(Operation operation, Map<String, String> different) throws Exception {
        var headers = new HashMap<String, String>();
        headers.put("Origin", operation.changes() ? browser.origin() : "");
        headers.put("Shoal-Request", operation.changes() ? "1" : "");
        headers.putAll(different);
        var path = operation.path().replaceAll("\\{[a-z]+}", "0".repeat(40));
        return browser.send(operation.method(), path, headers, BodyPublishers.noBody())
                .statusCode();
    }

    private interface Row {
        int status(Operation operation) throws Exception;
    }

    private static void everyRoute(String what, int wanted, Row row) throws Exception {
        var let = new ArrayList<String>();
        for (var operation : all) {
            int status = row.status(operation);
            if (status != wanted) {
                let.add(operation + " answers " + status);
            }
        }
        assertThat(let).as(what).isEmpty();
        assertThat(all).hasSizeGreaterThan(40);
    }

    @Test
    void noRouteAnswersWithoutASession() throws Exception {
        everyRoute("no session", 401, operation -> status(operation, Map.of("Cookie", "")));
    }

    @Test
    void noRouteAnswersToASessionThatIsMadeUp() throws Exception {
        var wrong = browser.cookie().replaceAll("=.*", "=" + "A".repeat(43));
        everyRoute("a wrong session", 401, operation -> status(operation, Map.of("Cookie", wrong)));
    }

    @Test
    void noRouteAnswersToASessionOfAnotherNode() throws Exception {
        var other = browser.cookie().replaceFirst("shoal-[0-9]+", "shoal-1");
        everyRoute("the cookie of another port", 401, operation -> status(operation, Map.of("Cookie", other)));
    }

    @Test
    void noRouteAnswersToAPasswordThatNobodyHasSet() throws Exception {
        // admin:admin, which the Felix Web Console would take
        int asked = 0;
        for (var operation : all) {
            int status = status(operation, Map.of("Cookie", "", "Authorization", "Basic YWRtaW46YWRtaW4="));
            assertThat(status).as(operation.toString()).isIn(401, 429);
            asked++;
        }
        assertThat(asked).isEqualTo(all.size());
    }

    @Test
    void noRouteAnswersToAnotherHost() throws Exception {
        for (var host : List.of(
                "evil.example",
                "evil.example:" + node.console().getPort(),
                "127.0.0.1.nip.io",
                "localhost.evil.example")) {
            everyRoute("host " + host, 403, operation -> status(operation, Map.of("Host", host)));
        }
    }

    /** The page's own origin agrees with the host: just what a name gives that leads here since its owner has made it to. */
    @Test
    void noRouteAnswersToANameThatWasMadeToLeadHere() throws Exception {
        var name = "rebound.example:" + node.console().getPort();
        everyRoute("rebinding", 403, operation -> status(operation, Map.of("Host", name, "Origin", "http://" + name)));
    }

    @Test
    void noRouteAnswersToAnotherOrigin() throws Exception {
        for (var origin : List.of(
                "http://evil.example",
                "null",
                "http://127.0.0.1:1",
                "https://127.0.0.1:" + node.console().getPort())) {
            everyRoute("origin " + origin, 403, operation -> status(operation, Map.of("Origin", origin)));
        }
    }

    @Test
    void noRouteAnswersToAnotherSite() throws Exception {
        for (var site : List.of("cross-site", "same-site")) {
            everyRoute(
                    site,
                    403,
                    operation -> status(operation, Map.of("Sec-Fetch-Site", site, "Sec-Fetch-Mode", "no-cors")));
        }
    }

    @Test
    void nothingIsChangedByARequestThatAFormCouldSend() throws Exception {
        for (var operation : all) {
            if (operation.changes() && !operation.path().startsWith("/system/console")) {
                assertThat(status(operation, Map.of("Shoal-Request", "")))
                        .as(operation.toString())
                        .isEqualTo(403);
            }
        }
        assertThat(status(beside("POST", "/system/console/bundles"), Map.of("Shoal-Request", "", "Origin", "")))
                .isEqualTo(403);
    }

    @Test
    void everyAnswerKeepsBrowsersOnASafeSide() throws Exception {
        for (var path : List.of(
                "/login",
                "/api/v1/node",
                "/nowhere",
                "/api/v1/nowhere",
                "/content/" + "0".repeat(40) + "/0",
                "/metrics")) {
            var headers = browser.get(path).headers();
            assertThat(headers.firstValue("Content-Security-Policy").orElse(""))
                    .as(path)
                    .contains("default-src 'none'", "frame-ancestors 'none'")
                    .doesNotContain("unsafe-eval");
            assertThat(headers.firstValue("X-Content-Type-Options")).as(path).contains("nosniff");
            assertThat(headers.firstValue("Referrer-Policy")).as(path).contains("no-referrer");
            assertThat(headers.firstValue("Permissions-Policy")).as(path).isPresent();
            assertThat(headers.firstValue("Access-Control-Allow-Origin"))
                    .as(path)
                    .isEmpty();
            assertThat(headers.firstValue("Server")).as(path).isEmpty();
        }
    }

    @Test
    void aPageLeadsToWhereOneSignsIn() throws IOException, InterruptedException {
        var stranger = new Browser(node.console());
        var answer = stranger.send(
                "GET", "/", Map.of("Sec-Fetch-Mode", "navigate", "Sec-Fetch-Site", "none"), BodyPublishers.noBody());
        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(answer.headers().firstValue("Location")).contains("/login");
        assertThat(stranger.get("/login").statusCode()).isEqualTo(200);
        assertThat(stranger.get("/login.css").statusCode()).isEqualTo(200);
    }
}
