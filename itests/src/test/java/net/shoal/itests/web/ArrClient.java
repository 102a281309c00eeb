package net.shoal.itests.web;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/**
 * Asks as Sonarr and Radarr ask a qBittorrent: forms as .NET writes them ({@code True}, {@code %20}), as parts where there is a file or a
 * value is long, HTTP Basic beside the cookie.
 */
final class ArrClient {
    private static final String BOUNDARY = "-----------------------------8dd1f0a9c3b2a1";
    private static final int LONGEST_VALUE = 1_024;

    private final Browser browser;
    private String session = "";

    ArrClient(URI console) {
        browser = new Browser(console);
    }

    void session(String cookie) {
        session = cookie;
    }

    String session() {
        return session;
    }

    /** Signs in, and keeps the cookie. */
    String logIn(String password) throws IOException, InterruptedException {
        var answer = post("auth/login", "username", "sonarr", "password", password);
        answer.headers().firstValue("Set-Cookie").ifPresent(set -> session = set.substring(0, set.indexOf(';')));
        return text(answer);
    }

    HttpResponse<byte[]> get(String path, String... query) throws IOException, InterruptedException {
        return send("GET", path + (query.length == 0 ? "" : "?" + encoded(query)), Map.of(), new byte[0]);
    }

    HttpResponse<byte[]> post(String path, String... form) throws IOException, InterruptedException {
        for (int i = 1; i < form.length; i += 2) {
            if (form[i].length() > LONGEST_VALUE) {
                return parts(path, "", new byte[0], form);
            }
        }
        return send(
                "POST",
                path,
                Map.of("Content-Type", "application/x-www-form-urlencoded"),
                encoded(form).getBytes(StandardCharsets.UTF_8));
    }

    /** @param fileName of a file called {@code torrents}; empty for none */
    HttpResponse<byte[]> parts(String path, String fileName, byte[] content, String... form)
            throws IOException, InterruptedException {
        var body = new ByteArrayOutputStream();
        if (!fileName.isEmpty()) {
            body.writeBytes(("--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"torrents\"; filename=\""
                            + fileName + "\"\r\nContent-Type: application/octet-stream\r\n\r\n")
                    .getBytes(StandardCharsets.UTF_8));
            body.writeBytes(content);
            body.writeBytes("\r\n".getBytes(StandardCharsets.UTF_8));
        }
        for (int i = 0; i < form.length; i += 2) {
            body.writeBytes(("--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"" + form[i] + "\"\r\n\r\n"
                            + form[i + 1] + "\r\n")
                    .getBytes(StandardCharsets.UTF_8));
        }
        body.writeBytes(("--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.UTF_8));
        return send(
                "POST", path, Map.of("Content-Type", "multipart/form-data; boundary=" + BOUNDARY), body.toByteArray());
    }

    /** Headers here go before those that are sent anyway; an empty one is left out. */
    HttpResponse<byte[]> send(String method, String path, Map<String, String> headers, byte[] body)
            throws IOException, InterruptedException {
        var all = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        all.put("Cookie", session);
        all.put("Authorization", "Basic c29uYXJyOm5vYm9keSBsb29rcyBhdCB0aGlz");
        all.putAll(headers);
        return browser.send(
                method,
                "/api/v2/" + path,
                all,
                method.equals("GET") ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
    }

    JsonNode json(String path, String... query) throws IOException, InterruptedException {
        var answer = get(path, query);
        if (answer.statusCode() != 200) {
            throw new IOException(path + " answers " + answer.statusCode() + ": " + text(answer));
        }
        return Browser.json(answer);
    }

    static String text(HttpResponse<byte[]> answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }

    private static String encoded(String... pairs) {
        var text = new StringBuilder();
        for (int i = 0; i < pairs.length; i += 2) {
            text.append(i == 0 ? "" : "&").append(pairs[i]).append('=');
            text.append(URLEncoder.encode(pairs[i + 1], StandardCharsets.UTF_8).replace("+", "%20"));
        }
        return text.toString();
    }
}
