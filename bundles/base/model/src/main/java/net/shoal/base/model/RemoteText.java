package net.shoal.base.model;

/** Text a stranger wrote, made fit for a terminal and a log: bounded, one line, nothing that steers. */
public final class RemoteText {
    public static final int MAX_LENGTH = 200;

    private RemoteText() {}

    public static String of(String text) {
        var out = new StringBuilder();
        text.codePoints().limit(4L * MAX_LENGTH).forEach(point -> append(out, point));
        var safe = out.toString().strip();
        return safe.length() <= MAX_LENGTH ? safe : safe.substring(0, cut(safe)) + "…";
    }

    private static void append(StringBuilder out, int point) {
        if (isPlain(point)) {
            out.appendCodePoint(point);
        } else if (!out.isEmpty() && out.charAt(out.length() - 1) != ' ') {
            out.append(' ');
        }
    }

    /** What is not becomes one space. Format characters are among it: they can turn the direction of text around. */
    private static boolean isPlain(int point) {
        return switch (Character.getType(point)) {
            case Character.SPACE_SEPARATOR,
                    Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }

    private static int cut(String text) {
        return Character.isHighSurrogate(text.charAt(MAX_LENGTH - 1)) ? MAX_LENGTH - 1 : MAX_LENGTH;
    }
}
