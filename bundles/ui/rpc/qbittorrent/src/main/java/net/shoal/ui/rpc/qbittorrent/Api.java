package net.shoal.ui.rpc.qbittorrent;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds what is asked for, and lets nobody have it who has no session. What another host, origin or site sends the door has refused already;
 * the header {@code Referer}, which it does not go by, is looked at here, as qBittorrent does.
 */
final class Api extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(Api.class);
    /** The door sets it on requests that it lets pass. */
    private static final String LET_PASS = "net.shoal.signedIn";

    private final transient Entry entry;
    private final transient Map<String, Action> actions;

    Api(Entry entry, Collection<Action> actions) {
        this.entry = entry;
        this.actions = actions.stream().collect(Collectors.toUnmodifiableMap(Action::path, Function.identity()));
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try {
            dispatch(request, response);
        } catch (ApiException e) {
            fail(e, request, response);
        } catch (IllegalArgumentException e) {
            fail(ApiException.failed(e), request, response);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            fail(ApiException.of(503, "the node stops"), request, response);
        } catch (RuntimeException e) {
            LOG.error("{} failed for a reason of our own", request.getServletPath(), e);
            fail(ApiException.of(500, "this is a mistake in Shoal: " + e), request, response);
        }
    }

    private void dispatch(HttpServletRequest request, HttpServletResponse response)
            throws ApiException, IOException, InterruptedException {
        if (request.getAttribute(LET_PASS) == null) {
            throw ApiException.denied("the door is gone");
        }
        if (Entry.isOfAnotherPage(request)) {
            throw ApiException.of(401, "another site has sent this");
        }
        var path = Optional.ofNullable(request.getPathInfo()).orElse("/").substring(1);
        if (path.equals("auth/login")) {
            onlyPost(request);
            entry.logIn(request, response);
            return;
        }
        var session = entry.session(request).orElseThrow(() -> ApiException.denied("Forbidden"));
        if (path.equals("auth/logout")) {
            onlyPost(request);
            entry.logOut(session, request, response);
            return;
        }
        var action = actions.get(path);
        if (action == null) {
            throw ApiException.unknown("there is no " + path);
        }
        if (action.changes()) {
            onlyPost(request);
        }
        write(action.handler().handle(Form.read(request, session)), response);
    }

    private static void onlyPost(HttpServletRequest request) throws ApiException {
        if (!request.getMethod().equals("POST")) {
            throw ApiException.of(405, "this is asked for by POST");
        }
    }

    private static void write(Answer answer, HttpServletResponse response) throws IOException {
        if (answer instanceof Answer.Text text) {
            write(200, "text/plain;charset=utf-8", text.text(), response);
        } else if (answer instanceof Answer.Data data) {
            write(200, "application/json", data.json(), response);
        } else if (answer instanceof Answer.Torrent torrent) {
            response.setContentType("application/x-bittorrent");
            response.setHeader("Content-Disposition", "attachment; filename=\"shared.torrent\"");
            var bytes = torrent.bytes().duplicate();
            response.getOutputStream().write(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
        }
    }

    static void write(int status, String type, String text, HttpServletResponse response) throws IOException {
        response.setStatus(status);
        response.setContentType(type);
        response.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    }

    private static void fail(ApiException e, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (response.isCommitted()) {
            throw new IOException(e.reason());
        }
        response.resetBuffer();
        // where a body is not read to its end, the connection ends with the answer
        if (!request.getInputStream().isFinished()) {
            response.setHeader("Connection", "close");
        }
        write(e.status(), "text/plain;charset=utf-8", e.reason(), response);
    }
}
