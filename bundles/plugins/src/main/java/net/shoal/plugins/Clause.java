package net.shoal.plugins;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One clause of a manifest header: {@code name;name;attribute=value;directive:=value} (OSGi Core, "Common Header Syntax").
 *
 * @param attributes without their types: {@code a:List<String>="x,y"} is {@code a} with the text {@code x,y}
 */
record Clause(List<String> names, Map<String, String> attributes, Map<String, String> directives) {
    /** @throws IllegalArgumentException if it is none */
    static List<Clause> parse(String header) {
        var clauses = new ArrayList<Clause>();
        for (var text : split(header, ',')) {
            if (!text.isBlank()) {
                clauses.add(clause(text));
            }
        }
        return clauses;
    }

    private static Clause clause(String text) {
        var names = new ArrayList<String>();
        var attributes = new LinkedHashMap<String, String>();
        var directives = new LinkedHashMap<String, String>();
        for (var part : split(text, ';')) {
            int equals = part.indexOf('=');
            int quote = part.indexOf('"');
            if (equals < 0 || (quote >= 0 && quote < equals)) {
                names.add(unquoted(part));
            } else if (equals > 0 && part.charAt(equals - 1) == ':') {
                directives.put(part.substring(0, equals - 1).strip(), unquoted(part.substring(equals + 1)));
            } else {
                var key = part.substring(0, equals);
                int type = key.indexOf(':');
                attributes.put((type < 0 ? key : key.substring(0, type)).strip(), unquoted(part.substring(equals + 1)));
            }
        }
        if (names.isEmpty()) {
            throw new IllegalArgumentException("a clause without a name");
        }
        return new Clause(List.copyOf(names), Map.copyOf(attributes), Map.copyOf(directives));
    }

    boolean isOptional() {
        return "optional".equals(directives.get("resolution"));
    }

    /** The items of an attribute that is a list. */
    List<String> list(String attribute) {
        return split(attributes.getOrDefault(attribute, ""), ',').stream()
                .map(String::strip)
                .filter(item -> !item.isEmpty())
                .toList();
    }

    private static String unquoted(String text) {
        var stripped = text.strip();
        return stripped.length() > 1 && stripped.startsWith("\"") && stripped.endsWith("\"")
                ? stripped.substring(1, stripped.length() - 1).replace("\\\"", "\"")
                : stripped;
    }

    private static List<String> split(String text, char separator) {
        var parts = new ArrayList<String>();
        boolean quoted = false;
        int begin = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && quoted) {
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == separator && !quoted) {
                parts.add(text.substring(begin, i));
                begin = i + 1;
            }
        }
        parts.add(text.substring(begin));
        return parts;
    }
}
