package net.shoal.itests.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** Speaks to a node as Sonarr does to Transmission: the session id by a GET, then every request by POST. */
final class RpcClient {
    static final String PATH = "/transmission/rpc";
    static final String SETTING = "net.shoal.ui.rpc.transmission:enabled";
    private static final String TOKEN = "X-Transmission-Session-Id";

    private final Browser http;
    private final String authorization;
    private final String token;

    RpcClient(URI console, String password) throws IOException, InterruptedException {
        http = new Browser(console);
        authorization = basic(password);
        var handshake = http.send("GET", PATH, Map.of("Authorization", authorization), BodyPublishers.noBody());
        assertThat(handshake.statusCode()).isEqualTo(409);
        token = handshake.headers().firstValue(TOKEN).orElseThrow();
    }

    static String basic(String password) {
        return "Basic " + Base64.getEncoder().encodeToString(("sonarr:" + password).getBytes(StandardCharsets.UTF_8));
    }

    JsonNode answer(String method, Map<String, ?> arguments) throws IOException, InterruptedException {
        var response = http.send(
                "POST",
                PATH,
                Map.of("Authorization", authorization, TOKEN, token, "Content-Type", "application/json"),
                BodyPublishers.ofString(
                        Browser.JSON.writeValueAsString(Map.of("method", method, "arguments", arguments, "tag", 3))));
        assertThat(response.statusCode()).isEqualTo(200);
        var answer = Browser.json(response);
        assertThat(answer.path("tag").asInt()).isEqualTo(3);
        return answer;
    }

    JsonNode ok(String method, Map<String, ?> arguments) throws IOException, InterruptedException {
        var answer = answer(method, arguments);
        assertThat(answer.path("result").asText()).as(method).isEqualTo("success");
        return answer.path("arguments");
    }

    /** What Sonarr asks for of each. */
    JsonNode torrents() throws IOException, InterruptedException {
        var fields = List.of(
                "id",
                "hashString",
                "name",
                "downloadDir",
                "totalSize",
                "leftUntilDone",
                "isFinished",
                "eta",
                "status",
                "secondsDownloading",
                "secondsSeeding",
                "errorString",
                "uploadedEver",
                "downloadedEver",
                "seedRatioLimit",
                "seedRatioMode",
                "seedIdleLimit",
                "seedIdleMode",
                "fileCount",
                "file-count",
                "labels");
        return ok("torrent-get", Map.of("fields", fields)).path("torrents");
    }
}
