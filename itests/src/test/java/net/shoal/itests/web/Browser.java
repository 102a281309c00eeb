package net.shoal.itests.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** One browser, or program, with its session. */
final class Browser {
    static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    static {
        // a test says itself which host it asks for
        System.setProperty("jdk.httpclient.allowRestrictedHeaders", "host,content-length");
    }

    private final URI console;
    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(PATIENCE)
            .version(HttpClient.Version.HTTP_1_1)
            .build();
    private String cookie = "";

    Browser(URI console) {
        this.console = console;
    }

    /** With the link that {@code shoal console} prints. */
    static Browser signedIn(URI console, String loginUrl) throws IOException, InterruptedException {
        var browser = new Browser(console);
        var entered =
                browser.send("GET", loginUrl.substring(loginUrl.indexOf("/login")), Map.of(), BodyPublishers.noBody());
        if (entered.statusCode() != 200) {
            throw new IllegalStateException("the link does not sign in: " + entered.statusCode());
        }
        browser.keepCookie(entered);
        return browser;
    }

    void keepCookie(HttpResponse<?> response) {
        var set = response.headers().firstValue("Set-Cookie").orElseThrow();
        cookie = set.substring(0, set.indexOf(';'));
    }

    String cookie() {
        return cookie;
    }

    void cookie(String text) {
        cookie = text;
    }

    /** A request with these headers, and the cookie unless they name one; an empty header is left out. */
    HttpResponse<byte[]> send(String method, String path, Map<String, String> headers, BodyPublisher body)
            throws IOException, InterruptedException {
        return client.send(request(method, path, headers, body), BodyHandlers.ofByteArray());
    }

    private HttpRequest request(String method, String path, Map<String, String> headers, BodyPublisher body) {
        var all = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        all.put("Cookie", cookie);
        all.putAll(headers);
        var request =
                HttpRequest.newBuilder(console.resolve(path)).timeout(PATIENCE).method(method, body);
        all.forEach((name, value) -> {
            if (!value.isEmpty()) {
                request.header(name, value);
            }
        });
        return request.build();
    }

    HttpResponse<byte[]> get(String path) throws IOException, InterruptedException {
        return send("GET", path, Map.of(), BodyPublishers.noBody());
    }

    HttpResponse<InputStream> stream(String path, Map<String, String> headers)
            throws IOException, InterruptedException {
        return client.send(request("GET", path, headers, BodyPublishers.noBody()), BodyHandlers.ofInputStream());
    }

    /** As the console's own pages do it. */
    HttpResponse<byte[]> change(String method, String path, Object json) throws IOException, InterruptedException {
        return send(
                method,
                path,
                Map.of("Shoal-Request", "1", "Origin", origin(), "Content-Type", "application/json"),
                BodyPublishers.ofString(JSON.writeValueAsString(json)));
    }

    HttpResponse<byte[]> change(String method, String path) throws IOException, InterruptedException {
        return send(method, path, Map.of("Shoal-Request", "1", "Origin", origin()), BodyPublishers.noBody());
    }

    String origin() {
        return console.getScheme() + "://" + console.getAuthority();
    }

    static JsonNode json(HttpResponse<byte[]> response) throws IOException {
        return JSON.readTree(new String(response.body(), StandardCharsets.UTF_8));
    }
}
