package net.shoal.node;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the command line has set, for this run.
 *
 * @param values text by {@code PID:KEY}; the last of several counts
 * @param broken what cannot be read at all
 */
record CommandLine(Map<String, String> values, List<String> broken) {
    static final String PROPERTY = "shoal.settings";

    CommandLine {
        values = Map.copyOf(values);
        broken = List.copyOf(broken);
    }

    static CommandLine parse(String lines) {
        var values = new LinkedHashMap<String, String>();
        var broken = new ArrayList<String>();
        lines.lines().filter(line -> !line.isBlank()).forEach(line -> {
            int equals = line.indexOf('=');
            int colon = line.indexOf(':');
            if (colon > 0 && equals > colon + 1) {
                values.put(
                        line.substring(0, equals).strip(),
                        line.substring(equals + 1).strip());
            } else {
                broken.add("a setting is given as PID:KEY=VALUE, not '" + line + "'");
            }
        });
        return new CommandLine(values, broken);
    }
}
