package net.shoal.base.metainfo;

import java.util.Locale;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A pattern over the paths of files in a torrent: {@code *} and {@code ?} within a name, {@code **} across folders, {@code [abc]} and
 * {@code {one,other}}. Without a {@code /} it is about the file's name, in whatever folder.
 */
public final class Glob {
    private final Pattern pattern;

    /** @throws IllegalArgumentException with a sentence, if it cannot be read */
    public Glob(String glob) {
        if (glob.isBlank()) {
            throw new IllegalArgumentException("an empty pattern matches no file; to get everything, give none");
        }
        var regex = new StringBuilder(glob.contains("/") ? "" : "(?:.*/)?");
        int braces = 0;
        for (int i = 0; i < glob.length(); i++) {
            char c = glob.charAt(i);
            switch (c) {
                case '*' -> {
                    boolean deep = i + 1 < glob.length() && glob.charAt(i + 1) == '*';
                    regex.append(deep ? ".*" : "[^/]*");
                    i += deep ? 1 : 0;
                }
                case '?' -> regex.append("[^/]");
                case '{' -> {
                    braces++;
                    regex.append("(?:");
                }
                case '}' -> {
                    regex.append(braces > 0 ? ")" : "\\}");
                    braces = Math.max(0, braces - 1);
                }
                case ',' -> regex.append(braces > 0 ? "|" : ",");
                case '[' -> i = characters(glob, i, regex);
                default -> regex.append(Pattern.quote(String.valueOf(c)));
            }
        }
        if (braces > 0) {
            throw new IllegalArgumentException("a { without its } in the pattern " + glob);
        }
        pattern = compiled(glob, regex.toString());
    }

    private static Pattern compiled(String glob, String regex) {
        try {
            return Pattern.compile(regex, Pattern.DOTALL);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(
                    "the pattern " + glob + " cannot be read: "
                            + e.getDescription().toLowerCase(Locale.ROOT),
                    e);
        }
    }

    private static int characters(String glob, int start, StringBuilder regex) {
        int end = glob.indexOf(']', start + 2);
        if (end < 0) {
            throw new IllegalArgumentException("a [ without its ] in the pattern " + glob);
        }
        var inside = glob.substring(start + 1, end);
        boolean not = inside.startsWith("!") || inside.startsWith("^");
        regex.append(not ? "[^" : "[");
        for (char c : inside.substring(not ? 1 : 0).toCharArray()) {
            regex.append(c == '-' ? "-" : Pattern.quote(String.valueOf(c)));
        }
        regex.append(']');
        return end;
    }

    /** @param path with {@code /}, from the torrent's root down */
    public boolean matches(String path) {
        return pattern.matcher(path).matches();
    }
}
