package net.shoal.ui.rest;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the route for a request, and says in words what does not work. */
final class Api extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(Api.class);
    /** Attribute of requests that the door lets pass: until when the browser is signed in, {@code Instant.MAX} for a program. */
    static final String SIGNED_IN = "net.shoal.signedIn";

    private final transient List<Route> routes;

    Api(List<Route> routes) {
        this.routes = List.copyOf(routes);
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try {
            dispatch(request, response);
        } catch (ApiException e) {
            fail(e, request, response);
        } catch (IllegalArgumentException e) {
            fail(ApiException.failed(String.valueOf(e.getMessage()), ""), request, response);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            fail(ApiException.of(503, "stops", "the node stops", ""), request, response);
        } catch (RuntimeException e) {
            LOG.error("{} {} failed for a reason of our own", request.getMethod(), request.getServletPath(), e);
            fail(
                    ApiException.of(500, "bug", "this is a mistake in Shoal: " + e, "please report it, with the log"),
                    request,
                    response);
        }
    }

    private void dispatch(HttpServletRequest request, HttpServletResponse response)
            throws ApiException, IOException, InterruptedException {
        if (request.getAttribute(SIGNED_IN) == null) {
            throw ApiException.of(401, "unauthenticated", "nobody is signed in", ""); // should the door be gone
        }
        var path = request.getServletPath() + (request.getPathInfo() == null ? "" : request.getPathInfo());
        boolean found = false;
        for (var route : routes) {
            var names = route.match(path);
            if (names.isPresent() && route.method().equals(request.getMethod())) {
                route.handler().handle(new Exchange(request, response, Map.copyOf(names.get())));
                return;
            }
            found |= names.isPresent();
        }
        throw found
                ? ApiException.of(
                        405, "method", "this path knows no " + request.getMethod(), "see /api/v1/openapi.json")
                : ApiException.unknown("there is nothing at this path", "see /api/v1/openapi.json");
    }

    private static void fail(ApiException e, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (response.isCommitted()) {
            LOG.debug("{} broke off: {}", request.getServletPath(), e.reason());
            throw new IOException(e.reason());
        }
        response.resetBuffer();
        // where a body is not read to its end, the connection ends with the answer
        if (!request.getInputStream().isFinished()) {
            response.setHeader("Connection", "close");
        }
        response.setStatus(e.status());
        new Exchange(request, response, Map.of())
                .bytes("application/json", Json.text(e.toJson()).getBytes(StandardCharsets.UTF_8));
    }
}
