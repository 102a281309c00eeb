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

    /** Insertions, deletions, replacements and swaps of neighbours from one to the other. */
    static int distance(String a, String b) {
        var d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            d[i][0] = i;
        }
        for (int j = 0; j <= b.length(); j++) {
            d[0][j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            for (int j = 1; j <= b.length(); j++) {
                int replaced = d[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                d[i][j] = Math.min(replaced, Math.min(d[i - 1][j], d[i][j - 1]) + 1);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
                }
            }
        }
        return d[a.length()][b.length()];
    }
}
