package net.shoal.base.command;

import java.util.Comparator;
import java.util.List;

/** What someone may have meant. */
final class Nearest {
    private static final int MAX_DISTANCE = 3;

    private Nearest() {}

    /** {@code "; did you mean --peer?"}, or nothing. */
    static String suggestion(String typed, List<String> known) {
        if (typed.length() > 40) {
            return "";
        }
        return known.stream()
                .filter(name -> isNear(typed, name))
                .min(Comparator.comparingInt(name -> distance(typed, name)))
                .map(name -> "; did you mean " + name + "?")
                .orElse("");
    }

    private static boolean isNear(String typed, String name) {
        boolean begins = typed.length() > 3 && name.startsWith(typed);
        return begins || distance(typed, name) <= Math.min(MAX_DISTANCE, (typed.length() + 1) / 3);
    }

    /** Levenshtein's: insertions, deletions and replacements from one to the other. */
    static int distance(String a, String b) {
        var previous = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            var current = new int[b.length() + 1];
            current[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(replaced, Math.min(previous[j], current[j - 1]) + 1);
            }
            previous = current;
        }
        return previous[b.length()];
    }
}
