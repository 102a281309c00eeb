package net.shoal.base.command;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the other end of standard output and standard error can do.
 *
 * @param out standard output is a terminal
 * @param err standard error is a terminal
 * @param moves it understands escape sequences and carriage returns
 * @param unicode it shows more than ASCII
 */
public record Terminal(boolean out, boolean err, int width, boolean moves, boolean unicode) {
    private static final int USUAL_WIDTH = 80;

    /** Pipes and files. */
    public static final Terminal NONE = new Terminal(false, false, USUAL_WIDTH, false, true);

    /**
     * @param streams as the launch script tells: digits of the streams that are terminals, such as {@code "12"}
     * @param columns as the launch script tells; anything that is no number is as good as nothing
     */
    public static Terminal of(String streams, String columns, Map<String, String> environment) {
        var term = environment.getOrDefault("TERM", "");
        boolean moves = !term.equals("dumb") && (!term.isEmpty() || environment.containsKey("WT_SESSION"));
        return new Terminal(
                streams.contains("1"), streams.contains("2"), width(columns), moves, isUnicode(environment));
    }

    private static int width(String columns) {
        if (!columns.matches("[0-9]{1,4}") || Integer.parseInt(columns) < 20) {
            return USUAL_WIDTH;
        }
        return Integer.parseInt(columns);
    }

    private static boolean isUnicode(Map<String, String> environment) {
        var locale = first(environment.get("LC_ALL"), environment.get("LC_CTYPE"), environment.get("LANG"));
        var name = locale.toLowerCase(Locale.ROOT);
        return name.contains("utf-8") || name.contains("utf8") || environment.containsKey("WT_SESSION");
    }

    private static String first(@Nullable String... candidates) {
        for (var candidate : candidates) {
            if (candidate != null && !candidate.isEmpty()) {
                return candidate;
            }
        }
        return "";
    }
}
