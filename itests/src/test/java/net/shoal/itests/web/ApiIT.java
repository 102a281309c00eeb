package net.shoal.itests.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipInputStream;
import net.shoal.itests.browser.GreetingPlugin;
import net.shoal.itests.distribution.Running;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** The API of a node: every operation of the OpenAPI document is asked for, and every answer held against it. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ApiIT {
    private static final int SECONDS = 60;
    private static final int LAST = Integer.MAX_VALUE;

    @TempDir
    static Path folder;

    private static ConsoleNode node;
    private static Browser browser;
    private static OpenApi api;
    private static final Set<String> asked = new TreeSet<>();

    @BeforeAll
    static void start() throws Exception {
        node = ConsoleNode.start(folder);
        browser = node.browser();
        api = new OpenApi(Browser.json(browser.get("/api/v1/openapi.json")));
        Files.createDirectories(folder.resolve("downloads"));
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    /** Holds an answer against the document. */
    private static JsonNode checked(String method, String template, int status, HttpResponse<byte[]> response)
            throws Exception {
        var operation = api.operation(method, template);
        var type = response.headers().firstValue("Content-Type");
        var isJson = type.orElse("").startsWith("application/json");
        var body = isJson ? Browser.json(response) : Browser.JSON.nullNode();
        assertThat(response.statusCode()).as(operation + ": " + body).isEqualTo(status);
        assertThat(api.complaints(operation, status, type, body)).isEmpty();
        if (status < 300) {
            asked.add(operation.toString());
        }
        return body;
    }

    private static JsonNode get(String template, String path) throws Exception {
        return checked("GET", template, 200, browser.get(path));
    }

    private static JsonNode get(String path) throws Exception {
        return get(path, path);
    }

    private static JsonNode change(String method, String template, String path, int status, Object json)
            throws Exception {
        return checked(method, template, status, browser.change(method, path, json));
    }

    private static JsonNode change(String method, String template, String path, int status) throws Exception {
        return checked(method, template, status, browser.change(method, path));
    }

    private static byte[] content(int seed, int length) {
        var bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    /** Shares something and gives its id. */
    private static String shared(String name, int seed, int length) throws Exception {
        var file = Files.write(folder.resolve(name), content(seed, length));
        var job = change("POST", "/api/v1/shares", "/api/v1/shares", 202, Map.of("path", file.toString()))
                .path("job")
                .asText();
        return awaitShared(job);
    }

    private static String awaitShared(String job) throws Exception {
        Running.await(
                "the share",
                SECONDS,
                () -> !preparing(job).path("state").asText().equals("hashing"));
        var done = preparing(job);
        assertThat(done.path("state").asText()).as(done.toString()).isEqualTo("shared");
        return done.path("id").asText();
    }

    private static JsonNode preparing(String job) throws Exception {
        for (var each : get("/api/v1/shares").path("preparing")) {
            if (each.path("job").asText().equals(job)) {
                return each;
            }
        }
        return Browser.JSON.missingNode();
    }

    private static JsonNode withId(JsonNode rows, String id) {
        for (var row : rows) {
            if (row.path("id").asText().equals(id)) {
                return row;
            }
        }
        throw new AssertionError("no " + id + " in " + rows);
    }

    @Test
    void tellsOfTheNode() throws Exception {
        assertThat(get("/api/v1/node").path("scope").asText()).isEqualTo("loopback");
        assertThat(get("/api/v1/session").path("password").asBoolean()).isFalse();
        assertThat(get("/api/v1/doctor").path("checks")).isNotEmpty();
        assertThat(get("/api/v1/logs").path("entries")).isNotEmpty();
        assertThat(get("/api/v1/logs", "/api/v1/logs?level=error&limit=1")
                        .path("entries")
                        .size())
                .isLessThanOrEqualTo(1);
        get("/api/v1/contributions");
        get("/api/v1/openapi.json");
        checked("GET", "/metrics", 200, browser.get("/metrics"));
        assertThat(new String(browser.get("/metrics").body(), StandardCharsets.UTF_8))
                .contains("\nshoal_peers ")
                .doesNotContain("NaN");
        checked("GET", "/api/v1/qr", 200, browser.get("/api/v1/qr?text=magnet:%3Fxt%3Durn"));
    }

    @Test
    void aFileIsSharedAndTakenBack() throws Exception {
        var id = shared("shared.bin", 1, 200_000);
        var share = withId(get("/api/v1/shares").path("shares"), id);
        assertThat(share.path("link").asText())
                .startsWith("magnet:?xt=urn:btih:" + id)
                .contains("x.pe=127.0.0.1");
        var details = get("/api/v1/transfers/{id}", "/api/v1/transfers/" + id);
        assertThat(details.path("transfer").path("state").asText()).isEqualTo("seeding");
        assertThat(details.path("files")).hasSize(1);
        assertThat(get("/api/v1/transfers/{id}", "/api/v1/transfers/" + id + "?parts=peers")
                        .path("files"))
                .isEmpty();
        checked("GET", "/api/v1/transfers/{id}/torrent", 200, browser.get("/api/v1/transfers/" + id + "/torrent"));
        var job =
                withId(get("/api/v1/shares").path("preparing"), id).path("job").asText();
        change("DELETE", "/api/v1/shares/preparing/{job}", "/api/v1/shares/preparing/" + job, 204);
        change("DELETE", "/api/v1/shares/{id}", "/api/v1/shares/" + id, 204);
        assertThat(folder.resolve("shared.bin")).exists();
        checked("GET", "/api/v1/transfers/{id}", 404, browser.get("/api/v1/transfers/" + id));
    }

    @Test
    void contentIsServedInPartsAndAsNothingThatRuns() throws Exception {
        var bytes = content(2, 300_000);
        var id = shared("film.mp4", 2, 300_000);
        var path = "/content/" + id + "/0";
        var template = "/content/{id}/{file}";
        var whole = browser.get(path);
        checked("GET", template, 200, whole);
        assertThat(whole.body()).isEqualTo(bytes);
        assertThat(whole.headers().firstValue("Content-Type")).contains("video/mp4");
        var part = browser.send("GET", path, Map.of("Range", "bytes=100000-200000"), BodyPublishers.noBody());
        checked("GET", template, 206, part);
        assertThat(part.body()).isEqualTo(Arrays.copyOfRange(bytes, 100_000, 200_001));
        assertThat(part.headers().firstValue("Content-Range")).contains("bytes 100000-200000/300000");
        var tail = browser.send("GET", path, Map.of("Range", "bytes=-10"), BodyPublishers.noBody());
        assertThat(tail.body()).isEqualTo(Arrays.copyOfRange(bytes, 299_990, 300_000));
        var beyond = browser.send("GET", path, Map.of("Range", "bytes=300000-"), BodyPublishers.noBody());
        checked("GET", template, 416, beyond);
        assertThat(beyond.headers().firstValue("Content-Range")).contains("bytes */300000");
        checked("HEAD", template, 200, browser.send("HEAD", path, Map.of(), BodyPublishers.noBody()));
        checked("GET", template, 404, browser.get("/content/" + id + "/1"));
        var page = shared("page.html", 3, 1_000);
        var answer = browser.get("/content/" + page + "/0");
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/octet-stream");
        assertThat(answer.headers().firstValue("Content-Disposition").orElse(""))
                .startsWith("attachment;");
        assertThat(answer.headers().firstValue("Content-Security-Policy").orElse(""))
                .startsWith("sandbox;");
        var image = shared("drawing.svg", 4, 1_000);
        assertThat(browser.get("/content/" + image + "/0")
                        .headers()
                        .firstValue("Content-Disposition")
                        .orElse(""))
                .startsWith("attachment;");
    }

    @Test
    void aTransferIsAddedLookedAtChangedRemovedAndRestored() throws Exception {
        var id = shared("again.bin", 5, 100_000);
        var torrent = browser.get("/api/v1/transfers/" + id + "/torrent").body();
        change("DELETE", "/api/v1/shares/{id}", "/api/v1/shares/" + id, 204);
        var added = browser.send(
                "POST",
                "/api/v1/transfers?look=true&to=" + folder.resolve("downloads"),
                Map.of("Shoal-Request", "1", "Content-Type", "application/x-bittorrent"),
                BodyPublishers.ofByteArray(torrent));
        var row = checked("POST", "/api/v1/transfers", 201, added);
        assertThat(row.path("state").asText()).isEqualTo("paused");
        assertThat(row.path("why").asText()).isEqualTo("choice");
        assertThat(row.path("size").asInt()).isEqualTo(100_000);
        var path = "/api/v1/transfers/" + id;
        var template = "/api/v1/transfers/{id}";
        change(
                "PATCH",
                template,
                path,
                200,
                Map.of(
                        "downLimit",
                        100_000,
                        "sequential",
                        true,
                        "ratioLimit",
                        "never",
                        "priorities",
                        Map.of("0", "high")));
        var details = get(template, path);
        assertThat(details.path("options").path("downLimit").asInt()).isEqualTo(100_000);
        assertThat(details.path("options").path("ratioLimit").asText()).isEqualTo("never");
        assertThat(details.path("files").get(0).path("priority").asText()).isEqualTo("high");
        change("PATCH", template, path, 200, Map.of("paused", false));
        assertThat(change("PATCH", template, path, 400, Map.of("nonsense", 1))
                        .path("error")
                        .path("field")
                        .asText())
                .isEqualTo("nonsense");
        change("PATCH", template, path, 400, Map.of("downLimit", -1));
        assertThat(change("DELETE", template, path + "?grace=60", 202)
                        .path("until")
                        .asLong())
                .isPositive();
        assertThat(withId(get("/api/v1/transfers").path("transfers"), id)
                        .path("removing")
                        .isNull())
                .isFalse();
        change("POST", "/api/v1/transfers/{id}/restore", path + "/restore", 200);
        change("POST", "/api/v1/transfers/{id}/restore", path + "/restore", 409);
        var outcomes = change(
                        "POST",
                        "/api/v1/transfers/bulk",
                        "/api/v1/transfers/bulk",
                        200,
                        Map.of("ids", List.of(id, "0".repeat(40)), "change", Map.of("paused", true)))
                .path("outcomes");
        assertThat(outcomes.get(0).path("ok").asBoolean()).isTrue();
        assertThat(outcomes.get(1).path("error").path("error").path("code").asText())
                .isEqualTo("unknown");
        change("DELETE", template, path + "?deleteData=true", 200);
        change("DELETE", template, path, 404);
        var history = get("/api/v1/history").path("entries");
        assertThat(history.get(0).path("event").asText()).isEqualTo("removed");
        assertThat(get("/api/v1/history", "/api/v1/history?limit=1")
                        .path("more")
                        .asBoolean())
                .isTrue();
        change("POST", "/api/v1/transfers", "/api/v1/transfers", 422, Map.of("link", "nothing at all"));
        var magnet = change(
                "POST",
                "/api/v1/transfers",
                "/api/v1/transfers",
                201,
                Map.of("link", "magnet:?xt=urn:btih:" + "7".repeat(40), "paused", true));
        change("DELETE", template, "/api/v1/transfers/" + magnet.path("id").asText(), 200);
    }

    @Test
    void filesOfABrowserAreTakenAndShared() throws Exception {
        var files = new LinkedHashMap<String, byte[]>();
        files.put("a.txt", content(6, 1_000));
        files.put("deep/er/b.bin", content(7, 200_000));
        files.put("empty", new byte[0]);
        var announced = files.entrySet().stream()
                .map(file -> Map.of("path", file.getKey(), "size", file.getValue().length))
                .toList();
        var upload = change(
                "POST",
                "/api/v1/uploads",
                "/api/v1/uploads",
                201,
                Map.of("name", "from me", "folder", true, "files", announced));
        var path = "/api/v1/uploads/" + upload.path("id").asText();
        change("POST", "/api/v1/uploads/{upload}/share", path + "/share", 409);
        int index = 0;
        for (var file : files.entrySet()) {
            var sent = browser.send(
                    "PUT",
                    path + "/files/" + index++,
                    Map.of("Shoal-Request", "1"),
                    BodyPublishers.ofByteArray(file.getValue()));
            checked("PUT", "/api/v1/uploads/{upload}/files/{file}", 200, sent);
        }
        assertThat(get("/api/v1/uploads/{upload}", path).path("complete").asInt())
                .isEqualTo(3);
        var job = change("POST", "/api/v1/uploads/{upload}/share", path + "/share", 202, Map.of("visibility", "public"))
                .path("job")
                .asText();
        awaitShared(job);
        assertThat(folder.resolve("uploads/from me/deep/er/b.bin")).hasBinaryContent(files.get("deep/er/b.bin"));
        var other = change(
                "POST",
                "/api/v1/uploads",
                "/api/v1/uploads",
                201,
                Map.of("name", "from me", "folder", true, "files", announced));
        assertThat(other.path("path").asText()).endsWith("from me 2");
        change(
                "DELETE",
                "/api/v1/uploads/{upload}",
                "/api/v1/uploads/" + other.path("id").asText(),
                204);
        assertThat(folder.resolve("uploads/from me 2")).doesNotExist();
    }

    @Test
    void namesThatLeadElsewhereAreRefusedAndNothingIsWritten() throws Exception {
        var hostile = List.of(
                "../evil",
                "..",
                ".",
                "/etc/evil",
                "a/../../evil",
                "a\\..\\evil",
                "a//b",
                "",
                "x\u0000y",
                "a".repeat(300),
                "CON",
                "nul.txt",
                "a\nb",
                "tab\t",
                "txt.exe\u202egpj",
                "end.",
                "end ",
                "c:evil",
                "a/./b",
                "\ud83d");
        for (var name : hostile) {
            var announced = List.of(Map.of("path", name, "size", 1));
            var answer = browser.change(
                    "POST", "/api/v1/uploads", Map.of("name", "folder", "folder", true, "files", announced));
            assertThat(answer.statusCode()).as(name).isIn(400, 422);
            var single = browser.change(
                    "POST", "/api/v1/uploads", Map.of("name", name, "files", List.of(Map.of("path", "a", "size", 1))));
            assertThat(single.statusCode()).as(name).isIn(400, 422);
        }
        assertThat(folder.resolve("uploads/folder")).doesNotExist();
        assertThat(folder.resolve("evil")).doesNotExist();
        assertThat(Path.of("/etc/evil")).doesNotExist();
        var huge = List.of(Map.of("path", "a", "size", Long.MAX_VALUE));
        change("POST", "/api/v1/uploads", "/api/v1/uploads", 413, Map.of("name", "a", "files", huge));
    }

    @Test
    void anUploadThatIsLongerOrShorterThanAnnouncedIsNotKept() throws Exception {
        var upload = change(
                "POST",
                "/api/v1/uploads",
                "/api/v1/uploads",
                201,
                Map.of("name", "short.bin", "files", List.of(Map.of("path", "short.bin", "size", 10))));
        var path = "/api/v1/uploads/" + upload.path("id").asText();
        for (int length : new int[] {9, 11, 100_000}) {
            var sent = browser.send(
                    "PUT",
                    path + "/files/0",
                    Map.of("Shoal-Request", "1"),
                    BodyPublishers.ofByteArray(new byte[length]));
            assertThat(sent.statusCode()).as("" + length).isIn(400, 413);
            // of unknown length
            var chunked = browser.send(
                    "PUT",
                    path + "/files/0",
                    Map.of("Shoal-Request", "1"),
                    BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(new byte[length])));
            assertThat(chunked.statusCode()).as("" + length).isIn(400, 413);
            assertThat(folder.resolve("uploads/short.bin")).doesNotExist();
        }
        change("DELETE", "/api/v1/uploads/{upload}", path, 204);
    }

    @Test
    void foldersAreShownAndMade() throws Exception {
        var shown = get("/api/v1/folders", "/api/v1/folders?path=" + folder);
        assertThat(shown.path("entries").findValuesAsText("name")).contains("downloads");
        var made = change(
                "POST",
                "/api/v1/folders",
                "/api/v1/folders",
                201,
                Map.of("path", folder.resolve("new one").toString()));
        assertThat(made.path("entries")).isEmpty();
        change(
                "POST",
                "/api/v1/folders",
                "/api/v1/folders",
                422,
                Map.of("path", folder.resolve("new one").toString()));
        checked("GET", "/api/v1/folders", 404, browser.get("/api/v1/folders?path=/no/such/folder"));
        assertThat(browser.get("/api/v1/folders?path=relative").statusCode()).isEqualTo(400);
    }

    @Test
    void settingsAreShownChangedAndNoSecretIsTold() throws Exception {
        var key = "net.shoal.ui.web:sessionHours";
        change("PATCH", "/api/v1/settings", "/api/v1/settings", 200, Map.of(key, "24"));
        var settings = get("/api/v1/settings").path("settings");
        JsonNode hours = null;
        for (var setting : settings) {
            if (setting.path("key").asText().equals(key)) {
                hours = setting;
            }
        }
        assertThat(hours).isNotNull();
        assertThat(hours.path("value").asText()).isEqualTo("24");
        assertThat(hours.path("type").asText()).isEqualTo("number");
        assertThat(change("PATCH", "/api/v1/settings", "/api/v1/settings", 422, Map.of(key, "9999"))
                        .path("error")
                        .path("field")
                        .asText())
                .isEqualTo(key);
        change("PATCH", "/api/v1/settings", "/api/v1/settings", 404, Map.of("no.such:key", "1"));
        var nothing = new LinkedHashMap<String, Object>();
        nothing.put(key, null);
        change("PATCH", "/api/v1/settings", "/api/v1/settings", 200, nothing);
        assertThat(browser.get("/api/v1/session").statusCode()).isEqualTo(200);
    }

    @Test
    void pluginsAreListedAndWhatIsNoneIsRefused() throws Exception {
        assertThat(get("/api/v1/plugins").path("plugins")).isEmpty();
        var sent = browser.send(
                "POST",
                "/api/v1/plugins",
                Map.of("Shoal-Request", "1", "Content-Type", "application/java-archive"),
                BodyPublishers.ofByteArray(content(8, 100)));
        checked("POST", "/api/v1/plugins", 422, sent);
        change("PATCH", "/api/v1/plugins/{name}", "/api/v1/plugins/none", 404, Map.of("running", true));
        change("DELETE", "/api/v1/plugins/{name}", "/api/v1/plugins/none", 404);
    }

    /** On the node's machine, which is in its scope. */
    private static HttpServer webServer(byte[] jar) throws Exception {
        var web = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        web.createContext("/plugin.jar", exchange -> {
            exchange.sendResponseHeaders(200, jar.length);
            exchange.getResponseBody().write(jar);
            exchange.close();
        });
        for (var elsewhere : Map.of(
                        "/moved",
                        "/plugin.jar",
                        "/away",
                        "http://203.0.113.7/plugin.jar",
                        "/file",
                        "file:///etc/passwd")
                .entrySet()) {
            web.createContext(elsewhere.getKey(), exchange -> {
                exchange.getResponseHeaders().add("Location", elsewhere.getValue());
                exchange.sendResponseHeaders(302, -1);
                exchange.close();
            });
        }
        web.createContext("/huge", exchange -> {
            exchange.sendResponseHeaders(200, 1L << 40);
            exchange.close();
        });
        web.start();
        return web;
    }

    private static JsonNode offer(int status, Object source) throws Exception {
        return change("POST", "/api/v1/plugins/offers", "/api/v1/plugins/offers", status, source);
    }

    @Test
    void aPluginOfAUrlIsSeenBeforeItIsInstalled() throws Exception {
        var jar = GreetingPlugin.write(folder);
        var web = webServer(Files.readAllBytes(jar));
        try {
            var address = "http://127.0.0.1:" + web.getAddress().getPort();
            var seen = offer(201, Map.of("url", address + "/moved"));
            assertThat(seen.path("name").asText()).isEqualTo(GreetingPlugin.NAME);
            assertThat(seen.path("from").asText()).isEqualTo(address + "/moved");
            assertThat(seen.path("signer").isNull()).isTrue();
            assertThat(seen.path("installed").isNull()).isTrue();
            assertThat(get("/api/v1/plugins").path("plugins")).isEmpty();
            var path = "/api/v1/plugins/offers/" + seen.path("id").asText();
            var installed = change("POST", "/api/v1/plugins/offers/{offer}/install", path + "/install", 201);
            assertThat(installed.path("state").asText()).isEqualTo("running");
            assertThat(installed.path("sha256")).isEqualTo(seen.path("sha256"));
            change("POST", "/api/v1/plugins/offers/{offer}/install", path + "/install", 404);
            var again = offer(201, Map.of("path", jar.toString()));
            assertThat(again.path("installed").asText()).isEqualTo("1.0.0");
            change(
                    "DELETE",
                    "/api/v1/plugins/offers/{offer}",
                    "/api/v1/plugins/offers/" + again.path("id").asText(),
                    204);
            change("DELETE", "/api/v1/plugins/{name}", "/api/v1/plugins/" + GreetingPlugin.NAME, 200);
        } finally {
            web.stop(0);
        }
    }

    @Test
    void aPluginThatCannotBeFetchedIsRefusedInWords() throws Exception {
        var web = webServer(content(11, 1_000));
        try {
            var address = "http://127.0.0.1:" + web.getAddress().getPort();
            for (var wrong : Map.of(
                            address + "/none",
                            "the server answers 404",
                            address + "/away",
                            "203.0.113.7",
                            address + "/file",
                            "no http or https address",
                            address + "/huge",
                            "larger than a plugin may be",
                            address + "/plugin.jar",
                            "not",
                            "http://203.0.113.7/plugin.jar",
                            "scope",
                            "ftp://127.0.0.1/plugin.jar",
                            "no http or https address",
                            "http://127.0.0.1:1/plugin.jar",
                            "cannot be fetched")
                    .entrySet()) {
                var error = offer(422, Map.of("url", wrong.getKey())).path("error");
                assertThat(error.path("message").asText()).as(wrong.getKey()).contains(wrong.getValue());
            }
            offer(400, Map.of("url", "no url"));
            offer(400, Map.of());
            offer(400, Map.of("url", address, "path", "/tmp/x.jar"));
            offer(422, Map.of("path", folder.resolve("none.jar").toString()));
            var sent = browser.send(
                    "POST",
                    "/api/v1/plugins/offers",
                    Map.of("Shoal-Request", "1", "Content-Type", "application/java-archive"),
                    BodyPublishers.ofByteArray(content(8, 100)));
            checked("POST", "/api/v1/plugins/offers", 422, sent);
            assertThat(get("/api/v1/plugins").path("plugins")).isEmpty();
        } finally {
            web.stop(0);
        }
    }

    @Test
    void aFolderIsSavedAsOneArchive() throws Exception {
        var shared = Files.createDirectories(folder.resolve("Fotos 写真"));
        var files = new TreeMap<String, byte[]>(Map.of(
                "a.txt", content(12, 10),
                "empty", new byte[0],
                "Grüße/雪.bin", content(13, 700_000),
                "Grüße/deep/c.bin", content(14, 3)));
        for (var file : files.entrySet()) {
            var path = shared.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.write(path, file.getValue());
        }
        var job = change("POST", "/api/v1/shares", "/api/v1/shares", 202, Map.of("path", shared.toString()));
        var id = awaitShared(job.path("job").asText());
        var answer = browser.get("/content/" + id);
        checked("GET", "/content/{id}", 200, answer);
        assertThat(answer.headers().firstValue("Content-Disposition").orElse(""))
                .startsWith("attachment;")
                .contains("Fotos%20%E5%86%99%E7%9C%9F.zip");
        assertThat(answer.headers().firstValue("Content-Security-Policy").orElse(""))
                .startsWith("sandbox;");
        assertThat(unzipped(answer.body(), "Fotos 写真/")).isEqualTo(hashed(files));
        var part = browser.get("/content/" + id + "?folder=" + URLEncoder.encode("Grüße", StandardCharsets.UTF_8));
        files.keySet().removeIf(path -> !path.startsWith("Grüße/"));
        assertThat(unzipped(part.body(), "")).isEqualTo(hashed(files));
        checked("GET", "/content/{id}", 404, browser.get("/content/" + id + "?folder=a"));
        checked("GET", "/content/{id}", 404, browser.get("/content/" + id + "?folder=../downloads"));
        var torrent = browser.get("/api/v1/transfers/" + id + "/torrent").body();
        change("DELETE", "/api/v1/shares/{id}", "/api/v1/shares/" + id, 204);
        browser.send(
                "POST",
                "/api/v1/transfers?look=true&to=" + folder.resolve("downloads"),
                Map.of("Shoal-Request", "1", "Content-Type", "application/x-bittorrent"),
                BodyPublishers.ofByteArray(torrent));
        change(
                "PATCH",
                "/api/v1/transfers/{id}",
                "/api/v1/transfers/" + id,
                200,
                Map.of("priorities", Map.of("1", "skip")));
        checked(
                "GET",
                "/content/{id}",
                409,
                browser.get("/content/" + id + "?folder=" + URLEncoder.encode("Grüße", StandardCharsets.UTF_8)));
        change("DELETE", "/api/v1/transfers/{id}", "/api/v1/transfers/" + id + "?deleteData=true", 200);
    }

    private static Map<String, String> hashed(Map<String, byte[]> files) {
        var hashes = new TreeMap<String, String>();
        files.forEach((name, bytes) -> hashes.put(name, bytes.length + " " + Arrays.hashCode(bytes)));
        return hashes;
    }

    private static Map<String, String> unzipped(byte[] archive, String prefix) throws Exception {
        var files = new TreeMap<String, byte[]>();
        try (var zip = new ZipInputStream(new ByteArrayInputStream(archive), StandardCharsets.UTF_8)) {
            for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                assertThat(entry.getName()).startsWith(prefix);
                files.put(entry.getName().substring(prefix.length()), zip.readAllBytes());
            }
        }
        return hashed(files);
    }

    @Test
    void whatChangesIsToldAsItHappens() throws Exception {
        var response = browser.stream("/api/v1/events", Map.of());
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type").orElse("")).startsWith("text/event-stream");
        asked.add("GET /api/v1/events");
        String lastId;
        try (var lines = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
            var snapshot = next(lines, "snapshot");
            var sins = new ArrayList<String>();
            api.check(schema("Snapshot"), snapshot.data(), "snapshot", sins);
            var id = shared("told.bin", 9, 50_000);
            Event delta;
            do {
                delta = next(lines, "delta");
                api.check(schema("Delta"), delta.data(), "delta", sins);
            } while (!delta.data().path("changed").findValuesAsText("id").contains(id));
            var notice = next(lines, "notice");
            api.check(schema("Notice"), notice.data(), "notice", sins);
            assertThat(sins).isEmpty();
            lastId = delta.id();
        }
        var again = browser.stream("/api/v1/events", Map.of("Last-Event-ID", lastId));
        try (var lines = new BufferedReader(new InputStreamReader(again.body(), StandardCharsets.UTF_8))) {
            shared("told2.bin", 10, 50_000);
            assertThat(next(lines, "").name())
                    .as("what was missed, and not all of it")
                    .isNotEqualTo("snapshot");
        }
        var other = browser.stream("/api/v1/events", Map.of("Last-Event-ID", "of-another-run-7"));
        try (var lines = new BufferedReader(new InputStreamReader(other.body(), StandardCharsets.UTF_8))) {
            assertThat(next(lines, "").name()).isEqualTo("snapshot");
        }
    }

    private static JsonNode schema(String name) {
        return api.document().path("components").path("schemas").path(name);
    }

    private record Event(String id, String name, JsonNode data) {}

    /** The next of this name, or of any. */
    private static Event next(BufferedReader lines, String name) throws Exception {
        var fields = new LinkedHashMap<String, String>();
        for (var line = lines.readLine(); line != null; line = lines.readLine()) {
            int colon = line.indexOf(": ");
            if (colon > 0) {
                fields.put(line.substring(0, colon), line.substring(colon + 2));
            } else if (line.isEmpty() && fields.containsKey("data")) {
                var event = new Event(fields.get("id"), fields.get("event"), Browser.JSON.readTree(fields.get("data")));
                if (name.isEmpty() || event.name().equals(name)) {
                    return event;
                }
                fields.clear();
            }
        }
        throw new AssertionError("the stream ended");
    }

    @Test
    void requestsThatAreTooLargeOrNoJsonAreRefused() throws Exception {
        var headers = Map.of("Shoal-Request", "1", "Content-Type", "application/json");
        for (var body : List.of(
                "",
                "{",
                "[]",
                "null",
                "{\"link\":1}",
                "{\"a\":{\"a\":".repeat(50),
                "{\"link\":\"x\",\"link\":\"y\"}",
                "{} {}",
                "\u0000")) {
            var answer = browser.send("POST", "/api/v1/transfers", headers, BodyPublishers.ofString(body));
            checked("POST", "/api/v1/transfers", 400, answer);
        }
        var large = browser.send("POST", "/api/v1/transfers", headers, BodyPublishers.ofByteArray(new byte[3 << 20]));
        checked("POST", "/api/v1/transfers", 413, large);
        var torrent = browser.send(
                "POST",
                "/api/v1/transfers",
                Map.of("Shoal-Request", "1", "Content-Type", "application/x-bittorrent"),
                BodyPublishers.ofByteArray(new byte[11 << 20]));
        checked("POST", "/api/v1/transfers", 413, torrent);
        var text = browser.send(
                "POST",
                "/api/v1/transfers",
                Map.of("Shoal-Request", "1", "Content-Type", "text/plain"),
                BodyPublishers.ofString("{}"));
        checked("POST", "/api/v1/transfers", 415, text);
        for (var path : List.of("/api/v1/%2e%2e/x", "/content/..%2f..%2fetc/0", "/api/v1//node", "/api/v1/nod%00e")) {
            assertThat(browser.get(path).statusCode()).as(path).isIn(400, 404);
        }
        assertThat(browser.get("/api/v1/node").statusCode()).isEqualTo(200);
    }

    @Test
    @Order(LAST)
    void thePasswordIsSetAndOneSignsOut() throws Exception {
        change("PUT", "/api/v1/password", "/api/v1/password", 422, Map.of("password", "short"));
        var other = node.browser();
        var heard = other.stream("/api/v1/events", Map.of()).body();
        change("PUT", "/api/v1/password", "/api/v1/password", 204, Map.of("password", "correct horse"));
        assertThat(other.get("/api/v1/node").statusCode()).isEqualTo(200);
        change(
                "PUT",
                "/api/v1/password",
                "/api/v1/password",
                204,
                Map.of("password", "correct horse 2", "current", "correct horse", "signOutOthers", true));
        assertThat(other.get("/api/v1/node").statusCode()).isEqualTo(401);
        var ended = CompletableFuture.supplyAsync(() -> {
            try {
                return heard.readAllBytes().length;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        assertThat(ended.get(SECONDS, TimeUnit.SECONDS)).as("it hears no more").isPositive();
        change(
                "PUT",
                "/api/v1/password",
                "/api/v1/password",
                422,
                Map.of("password", "battery staple", "current", "wrong"));
        change("DELETE", "/api/v1/history", "/api/v1/history", 204);
        assertThat(get("/api/v1/history").path("entries")).isEmpty();
        change("DELETE", "/api/v1/session/others", "/api/v1/session/others", 204);
        change("DELETE", "/api/v1/session", "/api/v1/session", 204);
        assertThat(browser.get("/api/v1/node").statusCode()).isEqualTo(401);
        // what succeeds only with a plugin is asked for elsewhere
        var described = new TreeSet<String>();
        api.operations().forEach(operation -> described.add(operation.toString()));
        described.removeIf(operation -> operation.contains("/api/v1/plugins"));
        asked.removeIf(operation -> operation.contains("/api/v1/plugins"));
        assertThat(asked).isEqualTo(described);
    }
}
