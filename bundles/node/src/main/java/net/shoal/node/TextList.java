package net.shoal.node;

import java.util.ArrayList;
import java.util.List;

/** Several values in one text: separated by commas, trimmed; {@code \,} is a comma and {@code \\} a backslash in a value. */
final class TextList {
    private TextList() {}

    static List<String> split(String text) {
        if (text.isBlank()) {
            return List.of();
        }
        var values = new ArrayList<String>();
        var value = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && i + 1 < text.length() && (text.charAt(i + 1) == ',' || text.charAt(i + 1) == '\\')) {
                value.append(text.charAt(++i));
            } else if (c == ',') {
                values.add(value.toString().strip());
                value.setLength(0);
            } else {
                value.append(c);
            }
        }
        values.add(value.toString().strip());
        return values;
    }

    static String join(List<String> values) {
        return String.join(
                ", ",
                values.stream()
                        .map(value -> value.replace("\\", "\\\\").replace(",", "\\,"))
                        .toList());
    }
}
