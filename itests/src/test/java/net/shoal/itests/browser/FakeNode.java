package net.shoal.itests.browser;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Serves the console's files with the policy of the real door, and answers its requests from what is written down in a {@link FakeTransfers}. */
final class FakeNode implements AutoCloseable {
    static final ObjectMapper JSON = new ObjectMapper();

    private static final Pattern IMPORT_MAP =
            Pattern.compile("<script type=\"importmap\">(.*?)</script>", Pattern.DOTALL);
    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "json", "application/json",
            "svg", "image/svg+xml",
            "webmanifest", "application/manifest+json");

    private final Path files;
    private final FakeTransfers transfers;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, String> modules = new ConcurrentHashMap<>();

    /** @param files the folder that holds {@code index.html} */
    FakeNode(Path files, FakeTransfers transfers, int port) throws IOException {
        this.files = files;
        this.transfers = transfers;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    /** For a look at the console while it is made: {@code FakeNode FOLDER PORT COUNT}. */
    public static void main(String[] args) throws IOException {
        new FakeNode(Path.of(args[0]), FakeTransfers.of(Integer.parseInt(args[2])), Integer.parseInt(args[1]));
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    }

    FakeTransfers transfers() {
        return transfers;
    }

    /** A module that a plugin brings. */
    void serve(String path, String source) {
        modules.put(path, source);
    }

    private void handle(HttpExchange exchange) {
        try (exchange) {
            var path = exchange.getRequestURI().getPath();
            if (path.startsWith("/api/v1/events")) {
                stream(exchange);
            } else if (path.startsWith("/api/v1/")) {
                answer(exchange, path.substring("/api/v1/".length()));
            } else if (modules.containsKey(path)) {
                send(exchange, 200, TYPES.get("js"), modules.get(path).getBytes(StandardCharsets.UTF_8));
            } else {
                file(exchange, path);
            }
        } catch (IOException | RuntimeException e) {
            // the browser went away, or asked for what it should not: it sees that by itself
        }
    }

    private void file(HttpExchange exchange, String path) throws IOException {
        var file = files.resolve(path.equals("/") ? "index.html" : path.substring(1))
                .normalize();
        if (!file.startsWith(files) || !Files.isRegularFile(file)) {
            send(exchange, 404, "text/plain", "nothing here".getBytes(StandardCharsets.UTF_8));
            return;
        }
        var bytes = Files.readAllBytes(file);
        var name = String.valueOf(file.getFileName());
        if (name.equals("index.html")) {
            exchange.getResponseHeaders()
                    .set("Content-Security-Policy", policy(new String(bytes, StandardCharsets.UTF_8)));
        }
        send(exchange, 200, TYPES.getOrDefault(name.substring(name.lastIndexOf('.') + 1), "text/plain"), bytes);
    }

    /** As strict as the door's. */
    static String policy(String html) {
        Matcher map = IMPORT_MAP.matcher(html);
        if (!map.find()) {
            throw new IllegalStateException("no import map");
        }
        try {
            var digest =
                    MessageDigest.getInstance("SHA-256").digest(map.group(1).getBytes(StandardCharsets.UTF_8));
            return "default-src 'none'; script-src 'self' 'sha256-"
                    + Base64.getEncoder().encodeToString(digest)
                    + "'; style-src 'self'; img-src 'self'; media-src 'self'; connect-src 'self'; manifest-src 'self';"
                    + " form-action 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types lit-html";
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private void stream(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        transfers.stream(exchange.getResponseBody());
    }

    private void answer(HttpExchange exchange, String path) throws IOException {
        var body = exchange.getRequestBody().readAllBytes();
        var given = body.length > 0
                        && String.valueOf(exchange.getRequestHeaders().getFirst("Content-Type"))
                                .contains("json")
                ? JSON.readTree(body)
                : JSON.createObjectNode();
        var parts = path.split("/", -1);
        if (path.equals("qr")) {
            send(exchange, 200, TYPES.get("svg"), canned("qr.svg"));
        } else if (parts[0].equals("transfers")) {
            var answer = transfers.answer(exchange.getRequestMethod(), parts, given);
            send(
                    exchange,
                    answer == null ? 404 : 200,
                    TYPES.get("json"),
                    JSON.writeValueAsBytes(answer == null ? unknown() : answer));
        } else if (exchange.getRequestMethod().equals("PATCH") && path.equals("settings")) {
            send(exchange, 200, TYPES.get("json"), JSON.writeValueAsBytes(changed(given)));
        } else {
            var canned = canned(parts[0] + ".json");
            send(exchange, canned.length == 0 ? 404 : 200, TYPES.get("json"), canned);
        }
    }

    private static JsonNode changed(JsonNode values) throws IOException {
        var settings = JSON.readTree(canned("settings.json"));
        for (var setting : settings.path("settings")) {
            var value = values.path(setting.path("key").asText());
            if (value.isTextual()) {
                ((ObjectNode) setting).put("value", value.asText()).put("origin", "file");
            }
        }
        return settings;
    }

    private static JsonNode unknown() {
        var error = JSON.createObjectNode();
        error.putObject("error")
                .put("code", "unknown")
                .put("message", "There is no such transfer")
                .put("hint", "")
                .putNull("field");
        return error;
    }

    /** Empty if there is none. */
    static byte[] canned(String name) throws IOException {
        try (@Nullable InputStream stream = FakeNode.class.getResourceAsStream("/browser/" + name)) {
            return stream == null ? new byte[0] : stream.readAllBytes();
        }
    }

    private static void send(HttpExchange exchange, int status, @Nullable String type, byte[] bytes)
            throws IOException {
        if (type != null) {
            exchange.getResponseHeaders().set("Content-Type", type);
        }
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }

    @Override
    public void close() {
        transfers.close();
        server.stop(0);
        threads.shutdownNow();
    }
}
