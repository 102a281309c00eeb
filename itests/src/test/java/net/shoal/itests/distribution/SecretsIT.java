package net.shoal.itests.distribution;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** No key and no token is in a log, at any level (reliability S14): two nodes log all they can while they use what is secret. */
@Timeout(300)
class SecretsIT {
    /** As private trackers and paid hosts have them. */
    private static final List<String> SECRETS = List.of(
            "PassKeyInAPath77aa",
            "passkeyInAQuery88bb",
            "WhereToRedirect99cc",
            "TokenOfAWebSeed11dd",
            "PassKeyOverUdp22ee",
            "TrackerIdSaid33ff");

    /** What a key of 128 bits or more would look like, in hex. */
    private static final Pattern HEX = Pattern.compile("(?<![0-9A-Za-z/])[0-9a-fA-F]{32,}(?![0-9A-Za-z])");

    @TempDir
    Path folder;

    private HttpServer web;
    private final Queue<String> asked = new ConcurrentLinkedQueue<>();

    @BeforeEach
    void serve() throws IOException {
        web = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        web.createContext("/", this::answer);
        web.start();
    }

    @AfterEach
    void close() {
        web.stop(0);
    }

    /** A tracker that redirects, answers once and then refuses, and a web server that has nothing. */
    private void answer(HttpExchange exchange) throws IOException {
        var uri = exchange.getRequestURI().toString();
        asked.add(uri);
        byte[] body = new byte[0];
        int status = 404;
        if (uri.startsWith("/PassKeyInAPath77aa/")) {
            status = 302;
            exchange.getResponseHeaders()
                    .add(
                            "Location",
                            "/WhereToRedirect99cc/announce?"
                                    + exchange.getRequestURI().getRawQuery());
        } else if (uri.startsWith("/WhereToRedirect99cc")) {
            status = 200;
            body = "d8:intervali1800e10:tracker id17:TrackerIdSaid33ff5:peers0:e".getBytes(ISO_8859_1);
        } else if (uri.startsWith("/announce?passkey")) {
            status = 200;
            body = "d14:failure reason6:closede".getBytes(ISO_8859_1);
        }
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Test
    void noKeyOrTokenIsInALogAtAnyLevel() throws Exception {
        var content = Files.createDirectories(folder.resolve("in")).resolve("content.bin");
        var bytes = new byte[3_000_000];
        new Random(14).nextBytes(bytes);
        Files.write(content, bytes);
        var base = "http://127.0.0.1:" + web.getAddress().getPort();
        var torrent = folder.resolve("content.torrent");
        String id;
        try (var seeding = node("a");
                var fetching = node("b")) {
            run(
                    "share",
                    content.toString(),
                    "--home",
                    seeding.home().toString(),
                    "--save",
                    torrent.toString(),
                    "--tracker",
                    base + "/PassKeyInAPath77aa/announce",
                    "--tracker",
                    base + "/announce?passkey=passkeyInAQuery88bb",
                    "--tracker",
                    "udp://127.0.0.1:" + web.getAddress().getPort() + "/announce?PassKeyOverUdp22ee",
                    "--web-seed",
                    base + "/content.bin?token=TokenOfAWebSeed11dd");
            // no peer yet, so that all that is named is asked before there is nothing left to ask for
            var out = folder.resolve("out").toString();
            fetching.control().begin("get", torrent.toString(), "--to", out);
            Running.await("the secrets to be used", 60, () -> SECRETS.stream()
                    .filter(secret -> !secret.contains("Udp") && !secret.contains("Said"))
                    .allMatch(secret -> asked.stream().anyMatch(uri -> uri.contains(secret))));
            run(
                    "get",
                    torrent.toString(),
                    "--home",
                    fetching.home().toString(),
                    "--to",
                    out,
                    "--peer",
                    seeding.address());
            assertThat(folder.resolve("out/content.bin")).hasSameBinaryContentAs(content);
            id = idOf(torrent);
            run("recheck", id, "--home", fetching.home().toString());
        }
        var logs = logs();
        assertThat(logs).as("they log all they can").contains(" DEBUG ").hasSizeGreaterThan(10_000);
        for (var secret : SECRETS) {
            assertThat(logs.lines().filter(line -> line.contains(secret)))
                    .as(secret)
                    .isEmpty();
        }
        for (var key : keysSent()) {
            assertThat(logs.lines().filter(line -> line.contains(key)))
                    .as("the key trackers know us by")
                    .isEmpty();
        }
        var known = id;
        var strange = HEX.matcher(logs)
                .results()
                .map(found -> found.group())
                .filter(found -> !found.equalsIgnoreCase(known))
                .distinct();
        assertThat(strange).as("what may be keys").isEmpty();
    }

    private NodeProcess node(String name) throws IOException {
        return NodeProcess.start(
                folder.resolve(name),
                command -> {
                    var all =
                            new ArrayList<>(List.of("env", "SHOAL_NET=loopback", "SHOAL_JAVA_OPTS=-Dshoal.debug=all"));
                    all.addAll(command);
                    return all;
                },
                "--listen",
                "127.0.0.1:0",
                "--security",
                "mse",
                "--net",
                "loopback",
                "--set",
                "net.shoal.engine:rehearse=false"); // it names content of its own
    }

    private String run(String... args) throws IOException {
        try (var command = CommandRun.shoal(folder, args)) {
            assertThat(command.status()).as(command.err()).isZero();
            return command.out();
        }
    }

    private String idOf(Path torrent) throws IOException {
        var line = run("ls", "--home", folder.resolve("a").toString(), "--json");
        var found = Pattern.compile("\"id\":\"([0-9a-f]{40})\"").matcher(line);
        assertThat(found.find()).as("%s is listed: %s", torrent, line).isTrue();
        return found.group(1);
    }

    /** Of all requests. */
    private List<String> keysSent() {
        return asked.stream()
                .flatMap(uri ->
                        Pattern.compile("[?&]key=([0-9a-fA-F]+)").matcher(uri).results())
                .map(found -> found.group(1))
                .distinct()
                .toList();
    }

    private String logs() throws IOException {
        var all = new StringBuilder();
        for (var name : List.of("a", "b")) {
            try (Stream<Path> files = Files.walk(folder.resolve(name).resolve("log"))) {
                for (var file : files.filter(Files::isRegularFile).toList()) {
                    all.append(Files.readString(file, UTF_8));
                }
            }
            all.append(Files.readString(folder.resolve(name + ".log"), UTF_8));
        }
        return all.toString();
    }
}
