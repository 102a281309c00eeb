package net.shoal.base.command;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Rows of text in columns as wide as they need be; numbers to the right. */
final class Table {
    private static final String GAP = "  ";
    private final List<List<String>> rows = new ArrayList<>();
    private final boolean[] toTheRight;

    /** @param headings one a column; a leading {@code >} lines the column up on the right */
    Table(String... headings) {
        toTheRight = new boolean[headings.length];
        for (int i = 0; i < headings.length; i++) {
            toTheRight[i] = headings[i].startsWith(">");
        }
        rows.add(Arrays.stream(headings)
                .map(heading -> heading.startsWith(">") ? heading.substring(1) : heading)
                .toList());
    }

    void row(String... cells) {
        rows.add(List.of(cells));
    }

    boolean isEmpty() {
        return rows.size() == 1;
    }

    String text() {
        var widths = new int[toTheRight.length];
        for (var row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], Columns.of(row.get(i)));
            }
        }
        var out = new StringBuilder();
        for (var row : rows) {
            out.append(line(row, widths).stripTrailing()).append('\n');
        }
        return out.toString();
    }

    private String line(List<String> row, int[] widths) {
        var line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            var padding = " ".repeat(widths[i] - Columns.of(row.get(i)));
            line.append(i == 0 ? "" : GAP).append(toTheRight[i] ? padding + row.get(i) : row.get(i) + padding);
        }
        return line.toString();
    }
}
