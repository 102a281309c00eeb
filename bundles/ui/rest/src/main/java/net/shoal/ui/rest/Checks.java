package net.shoal.ui.rest;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.apache.felix.hc.api.ResultLog;

/** What bundles tell of their health. */
final class Checks {
    private final Map<HealthCheck, String> names = new ConcurrentHashMap<>();

    void add(HealthCheck check, Map<String, ?> properties) {
        var name = properties.get(HealthCheck.NAME);
        names.put(check, name == null ? check.getClass().getSimpleName() : name.toString());
    }

    void remove(HealthCheck check) {
        names.remove(check);
    }

    List<Object> run() {
        var rows = new ArrayList<Object>();
        names.entrySet().stream()
                .sorted(Map.Entry.comparingByValue(Comparator.naturalOrder()))
                .forEach(entry -> run(entry.getValue(), entry.getKey(), rows));
        return rows;
    }

    private static void run(String name, HealthCheck check, List<Object> rows) {
        try {
            for (ResultLog.Entry entry : check.execute()) {
                if (!entry.isDebug()) {
                    rows.add(row(name, word(entry.getStatus()), entry.getMessage(), ""));
                }
            }
        } catch (RuntimeException e) {
            rows.add(row(name, "bad", "the check itself failed: " + e, "see the log"));
        }
    }

    static Object row(String check, String status, String message, String hint) {
        return Json.object("check", check, "status", status, "message", message, "hint", hint);
    }

    private static String word(Result.Status status) {
        return switch (status) {
            case OK -> "ok";
            case WARN, TEMPORARILY_UNAVAILABLE -> "warn";
            case CRITICAL, HEALTH_CHECK_ERROR -> "bad";
        };
    }
}
