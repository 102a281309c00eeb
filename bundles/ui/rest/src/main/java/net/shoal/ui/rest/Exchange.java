package net.shoal.ui.rest;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.shoal.api.console.Entrance;
import org.jspecify.annotations.Nullable;

/** One request and its answer. */
record Exchange(HttpServletRequest request, HttpServletResponse response, Map<String, String> names) {
    private static final int LARGEST_JSON = 2 << 20;

    /** What stands in the path for a name of the route's template. */
    String name(String name) {
        return names.getOrDefault(name, "");
    }

    Optional<String> parameter(String name) {
        return Optional.ofNullable(request.getParameter(name));
    }

    boolean flag(String name) throws ApiException {
        var text = parameter(name).orElse("false");
        if (!text.equals("true") && !text.equals("false")) {
            throw ApiException.wrong(name, name + " is true or false");
        }
        return text.equals("true");
    }

    long whole(String name, long least, long most, long otherwise) throws ApiException {
        var text = parameter(name);
        if (text.isEmpty()) {
            return otherwise;
        }
        try {
            long number = Long.parseLong(text.get());
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // as said below
        }
        throw ApiException.wrong(name, name + " is a whole number from " + least + " to " + most);
    }

    boolean isOf(String contentType) {
        var given = request.getContentType();
        return given != null && given.split(";", 2)[0].strip().equalsIgnoreCase(contentType);
    }

    /** The body as a JSON object with these members at most. */
    Body body(String... known) throws ApiException, IOException {
        return body(List.of(known));
    }

    Body body(Collection<String> known) throws ApiException, IOException {
        if (!isOf("application/json")) {
            throw ApiException.of(415, "type", "the request is to be application/json", "");
        }
        return Body.of(Json.read(bytes(LARGEST_JSON)), known);
    }

    /** @throws ApiException if there are more */
    byte[] bytes(int most) throws ApiException, IOException {
        var bytes = request.getContentLengthLong() > most
                ? new byte[0]
                : request.getInputStream().readNBytes(most + 1);
        if (request.getContentLengthLong() > most || bytes.length > most) {
            throw ApiException.tooLarge("at most " + most + " bytes are taken");
        }
        return bytes;
    }

    void json(int status, @Nullable Object value) throws IOException {
        response.setStatus(status);
        response.setContentType("application/json");
        Json.write(value, response.getOutputStream());
    }

    void json(@Nullable Object value) throws IOException {
        json(HttpServletResponse.SC_OK, value);
    }

    void nothing() {
        response.setStatus(HttpServletResponse.SC_NO_CONTENT);
    }

    void bytes(String contentType, byte[] content) throws IOException {
        response.setContentType(contentType);
        response.setContentLength(content.length);
        response.getOutputStream().write(content);
    }

    Optional<String> header(String name) {
        return Optional.ofNullable(request.getHeader(name));
    }

    /** True for a browser, whose session may end; false for a program that sends the password. */
    boolean endsWithItsSession() {
        return request.getAttribute(Api.SIGNED_IN) instanceof Instant until && until.isBefore(Instant.MAX);
    }

    /** Name of the cookie that the door gives browsers. */
    String sessionCookie() {
        return Entrance.cookie(request.getLocalPort());
    }

    Optional<String> session() {
        return cookie(sessionCookie());
    }

    Optional<String> cookie(String name) {
        var cookies = request.getCookies();
        return cookies == null
                ? Optional.empty()
                : Arrays.stream(cookies)
                        .filter(cookie -> cookie.getName().equals(name))
                        .map(cookie -> Optional.ofNullable(cookie.getValue()).orElse(""))
                        .findFirst();
    }
}
