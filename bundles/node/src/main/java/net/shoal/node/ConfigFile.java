package net.shoal.node;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The text of one {@code etc/PID.cfg}, UTF-8: a line {@code key = value} each, without quotes and escapes; the value is what follows the
 * first {@code =}, trimmed. Lines that begin with {@code #} or {@code !} and empty ones are comments. Immutable; changes keep every
 * other line as it is.
 */
record ConfigFile(List<String> lines) {
    static final ConfigFile EMPTY = new ConfigFile(List.of());

    ConfigFile {
        lines = List.copyOf(lines);
    }

    static ConfigFile parse(String text) {
        return new ConfigFile(text.lines().toList());
    }

    /** One value and the line it stands on, from 1. */
    record Value(String text, int line) {}

    /** By key; the last of several counts. */
    Map<String, Value> values() {
        var values = new LinkedHashMap<String, Value>();
        for (int i = 0; i < lines.size(); i++) {
            var line = lines.get(i);
            if (!isComment(line) && line.indexOf('=') > 0) {
                values.put(
                        keyOf(line),
                        new Value(line.substring(line.indexOf('=') + 1).strip(), i + 1));
            }
        }
        return values;
    }

    /** Lines, from 1, that are neither comment nor value. */
    List<Integer> brokenLines() {
        var broken = new ArrayList<Integer>();
        for (int i = 0; i < lines.size(); i++) {
            if (!isComment(lines.get(i)) && keyOf(lines.get(i)).isEmpty()) {
                broken.add(i + 1);
            }
        }
        return broken;
    }

    /** Puts the value where the key stands already, else at the end. */
    ConfigFile with(String key, String value) {
        var entry = key + " = " + value;
        var changed = new ArrayList<String>();
        boolean placed = false;
        for (var line : lines) {
            if (!sets(line, key)) {
                changed.add(line);
            } else if (!placed) {
                changed.add(entry);
                placed = true;
            }
        }
        if (!placed) {
            changed.add(entry);
        }
        return new ConfigFile(changed);
    }

    ConfigFile without(String key) {
        return new ConfigFile(lines.stream().filter(line -> !sets(line, key)).toList());
    }

    String text() {
        return lines.isEmpty() ? "" : String.join("\n", lines) + "\n";
    }

    private static boolean sets(String line, String key) {
        return !isComment(line) && keyOf(line).equals(key);
    }

    private static String keyOf(String line) {
        int equals = line.indexOf('=');
        return equals < 0 ? "" : line.substring(0, equals).strip();
    }

    private static boolean isComment(String line) {
        var text = line.stripLeading();
        return text.isEmpty() || text.startsWith("#") || text.startsWith("!");
    }
}
