package net.shoal.node;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds what someone meant who wrote something else. */
final class Nearest {
    private Nearest() {}

    /** " Did you mean …?", or nothing where all are too far off. */
    static String hint(String given, Collection<String> known) {
        return find(given, known).map(name -> "; did you mean " + name + "?").orElse("");
    }

    static Optional<String> find(String given, Collection<String> known) {
        var wanted = given.toLowerCase(Locale.ROOT);
        return known.stream()
                .min(Comparator.comparingInt((String name) -> distance(wanted, name.toLowerCase(Locale.ROOT)))
                        .thenComparing(Comparator.naturalOrder()))
                .filter(name -> distance(wanted, name.toLowerCase(Locale.ROOT)) <= Math.max(2, name.length() / 3));
    }

    /** Levenshtein's. */
    static int distance(String a, String b) {
        var row = new int[b.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int substituted = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(substituted, Math.min(row[j - 1], row[j]) + 1);
            }
        }
        return row[b.length()];
    }
}
