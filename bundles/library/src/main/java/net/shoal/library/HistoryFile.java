package net.shoal.library;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import net.shoal.api.library.History.Entry;
import net.shoal.api.library.History.Event;
import net.shoal.api.node.StateFile;
import net.shoal.base.command.Json;

/** The history as it is kept: a line that tells the format, then one a thing that happened, the oldest first. */
final class HistoryFile {
    private static final int VERSION = 1;
    /** Far more than is ever written. */
    private static final long LARGEST = 16 << 20;

    private final Path path;

    HistoryFile(Path path) {
        this.path = path;
    }

    /** @throws IOException if it cannot be read, or a newer node has written it */
    List<Entry> load() throws IOException {
        if (!Files.exists(path)) {
            return List.of();
        }
        if (Files.size(path) > LARGEST) {
            throw new IOException(path + " is larger than a history is");
        }
        var entries = new ArrayList<Entry>();
        try {
            var lines = Files.readAllLines(path, StandardCharsets.UTF_8);
            checkVersion(lines.isEmpty() ? Map.of() : Json.readObject(lines.get(0)));
            for (var line : lines.subList(Math.min(1, lines.size()), lines.size())) {
                entries.add(entry(Json.readObject(line)));
            }
        } catch (IllegalArgumentException e) {
            throw new IOException(path + " is damaged: " + e.getMessage(), e);
        }
        return entries;
    }

    private void checkVersion(Map<String, ?> head) throws IOException {
        if (!(head.get("version") instanceof Long version) || version > VERSION) {
            throw new IOException(path + " has a format that this version of Shoal does not know");
        }
    }

    private Entry entry(Map<String, ?> line) {
        return new Entry(
                Instant.ofEpochMilli(number(line, "at")),
                Event.valueOf(text(line, "event").toUpperCase(Locale.ROOT)),
                text(line, "id"),
                text(line, "name"),
                number(line, "size"),
                path.getFileSystem().getPath(text(line, "path")),
                text(line, "message"));
    }

    private static long number(Map<String, ?> line, String name) {
        return line.get(name) instanceof Long number ? number : 0;
    }

    private static String text(Map<String, ?> line, String name) {
        return line.get(name) instanceof String text ? text : "";
    }

    void save(List<Entry> entries) throws IOException {
        var lines = new StringBuilder(Json.write(Map.of("version", VERSION))).append('\n');
        for (var entry : entries) {
            var line = new LinkedHashMap<String, Object>();
            line.put("at", entry.at().toEpochMilli());
            line.put("event", entry.event().word());
            line.put("id", entry.id());
            line.put("name", entry.name());
            line.put("size", entry.size());
            line.put("path", entry.path().toString());
            line.put("message", entry.message());
            lines.append(Json.write(line)).append('\n');
        }
        StateFile.replace(path, lines.toString().getBytes(StandardCharsets.UTF_8));
    }
}
