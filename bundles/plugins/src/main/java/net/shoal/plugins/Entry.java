package net.shoal.plugins;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.shoal.api.node.Plugin;

/**
 * What is kept of one plugin.
 *
 * @param file name of its jar below {@code <home>/plugins}
 * @param enabled false if the user has stopped it
 * @param strikes how often in a row it failed at start
 * @param quarantine why it is not started until the user says so; empty where it is
 * @param failures the latest first
 */
record Entry(
        String name,
        String version,
        String file,
        String sha256,
        boolean enabled,
        int strikes,
        String quarantine,
        List<Plugin.Failure> failures) {
    private static final int KEPT_FAILURES = 5;
    private static final int LONGEST_MESSAGE = 500;

    Entry {
        failures = List.copyOf(failures);
    }

    static Entry fresh(PluginJar jar, String file) {
        return new Entry(
                jar.name(), jar.version().toString(), file, jar.contents().sha256(), true, 0, "", List.of());
    }

    Entry withEnabled(boolean on) {
        return new Entry(name, version, file, sha256, on, 0, "", failures);
    }

    /** Takes over what the user decided of its predecessor. */
    Entry after(Entry before) {
        return new Entry(name, version, file, sha256, before.enabled, 0, "", List.of());
    }

    Entry started() {
        return new Entry(name, version, file, sha256, enabled, 0, "", failures);
    }

    Entry failed(Instant at, String message) {
        var all = new ArrayList<Plugin.Failure>();
        var shown = message.length() > LONGEST_MESSAGE ? message.substring(0, LONGEST_MESSAGE) + "…" : message;
        all.add(new Plugin.Failure(at, shown));
        all.addAll(failures.subList(0, Math.min(failures.size(), KEPT_FAILURES - 1)));
        return new Entry(name, version, file, sha256, enabled, strikes + 1, quarantine, all);
    }

    Entry quarantined(String why) {
        return new Entry(name, version, file, sha256, enabled, strikes, why, failures);
    }

    Map<String, Object> fields() {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("name", name);
        fields.put("version", version);
        fields.put("file", file);
        fields.put("sha256", sha256);
        fields.put("enabled", enabled);
        fields.put("strikes", strikes);
        fields.put("quarantine", quarantine);
        fields.put(
                "failures",
                failures.stream()
                        .map(failure -> Map.of("at", failure.at().toString(), "message", failure.message()))
                        .toList());
        return fields;
    }

    /** @throws IllegalArgumentException if there is not what there should be */
    static Entry of(Map<?, ?> fields) {
        var file = text(fields, "file");
        if (file.isEmpty() || file.contains("/") || file.contains("\\") || file.startsWith(".")) {
            throw new IllegalArgumentException("'" + file + "' is no name of a jar in this folder");
        }
        return new Entry(
                text(fields, "name"),
                text(fields, "version"),
                file,
                text(fields, "sha256"),
                Boolean.TRUE.equals(fields.get("enabled")),
                fields.get("strikes") instanceof Number number ? number.intValue() : 0,
                text(fields, "quarantine"),
                failures(fields));
    }

    private static String text(Map<?, ?> fields, String name) {
        if (fields.get(name) instanceof String text) {
            return text;
        }
        throw new IllegalArgumentException("a plugin has no '" + name + "'");
    }

    private static List<Plugin.Failure> failures(Map<?, ?> fields) {
        var failures = new ArrayList<Plugin.Failure>();
        if (fields.get("failures") instanceof List<?> list) {
            for (var item : list) {
                if (item instanceof Map<?, ?> failure) {
                    failures.add(new Plugin.Failure(instant(text(failure, "at")), text(failure, "message")));
                }
            }
        }
        return failures;
    }

    private static Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("'" + text + "' is no time", e);
        }
    }
}
