package net.shoal.automation.command;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The beginning of what a program says, which may be without end; for the log, so one line each, and nothing in it that steers. */
final class CommandOutput {
    private static final int MAX_BYTES = 16 * 1024;
    private static final int MAX_LINES = 50;
    private static final int MAX_LINE = 500;

    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private long bytes;

    void add(byte[] buffer, int length) {
        kept.write(buffer, 0, Math.min(length, MAX_BYTES - kept.size()));
        bytes += length;
    }

    List<String> lines() {
        return kept.toString(StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.isBlank())
                .limit(MAX_LINES)
                .map(line -> plain(line.substring(0, Math.min(MAX_LINE, line.length()))))
                .toList();
    }

    /** Bytes it said. */
    long bytes() {
        return bytes;
    }

    static String plain(String text) {
        return text.codePoints()
                .map(c -> isPlain(c) ? c : '\uFFFD')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static boolean isPlain(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
