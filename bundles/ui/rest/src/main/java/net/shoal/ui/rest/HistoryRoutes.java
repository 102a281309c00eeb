package net.shoal.ui.rest;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import net.shoal.api.library.History;

/** {@code /api/v1/history}. */
final class HistoryRoutes {
    private static final long MOST = 1_000;
    private static final long USUAL = 100;

    private final History history;

    HistoryRoutes(History history) {
        this.history = history;
    }

    List<Route> routes() {
        return List.of(
                new Route("GET", "/api/v1/history", this::list), new Route("DELETE", "/api/v1/history", this::clear));
    }

    private void list(Exchange exchange) throws ApiException, IOException {
        int limit = (int) exchange.whole("limit", 1, MOST, USUAL);
        long before = exchange.whole("before", 0, Long.MAX_VALUE, Long.MAX_VALUE);
        var found = history.entries(Instant.ofEpochMilli(before), limit + 1);
        var entries = found.stream().limit(limit).map(HistoryRoutes::row).toList();
        exchange.json(Json.object("entries", entries, "more", found.size() > limit));
    }

    private static Object row(History.Entry entry) {
        return Json.object(
                "at", entry.at().toEpochMilli(),
                "event", entry.event().word(),
                "id", entry.id(),
                "name", entry.name(),
                "size", entry.size(),
                "path", entry.path().toString(),
                "message", entry.message());
    }

    private void clear(Exchange exchange) {
        history.clear();
        exchange.nothing();
    }
}
