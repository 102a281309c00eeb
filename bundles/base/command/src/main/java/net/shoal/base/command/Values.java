package net.shoal.base.command;

import java.math.BigDecimal;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import net.shoal.base.metainfo.Glob;

/** Reads values as people write them. Everything here refuses with a sentence that says what would be right. */
public final class Values {
    private static final Pattern NUMBER_AND_UNIT = Pattern.compile("([0-9]{1,15}(?:\\.[0-9]{1,6})?) ?([A-Za-z/]*)");
    private static final Map<String, Long> SIZES = Map.ofEntries(
            Map.entry("", 1L),
            Map.entry("b", 1L),
            Map.entry("kib", 1L << 10),
            Map.entry("mib", 1L << 20),
            Map.entry("gib", 1L << 30),
            Map.entry("tib", 1L << 40),
            Map.entry("k", 1L << 10),
            Map.entry("m", 1L << 20),
            Map.entry("g", 1L << 30),
            Map.entry("kb", 1_000L),
            Map.entry("mb", 1_000_000L),
            Map.entry("gb", 1_000_000_000L),
            Map.entry("tb", 1_000_000_000_000L));
    private static final Map<String, Long> MILLISECONDS =
            Map.of("ms", 1L, "s", 1_000L, "m", 60_000L, "h", 3_600_000L, "d", 86_400_000L);
    /** Longer waits mean "for ever" and would overflow timers. */
    private static final long MAX_MILLISECONDS = Duration.ofDays(3_650).toMillis();

    private static final long SMALLEST_PIECE = 16 << 10;
    private static final long LARGEST_PIECE = 512 << 20;

    private Values() {}

    /** Bytes: {@code 65536}, {@code 64KiB}, {@code 1.5MiB}; {@code kB} and so on are powers of ten. */
    public static long size(String text) {
        return scaled(text, SIZES, "'" + text + "' is no size; write bytes or a unit, such as 65536, 64KiB or 1MiB");
    }

    /** Bytes a second: a size, with {@code /s} or without. */
    public static long rate(String text) {
        var size = text.endsWith("/s") ? text.substring(0, text.length() - 2) : text;
        return scaled(size, SIZES, "'" + text + "' is no rate; write bytes a second, such as 65536, 500KiB or 2MiB");
    }

    public static Duration duration(String text) {
        var message = "'" + text + "' is no duration; write a number and a unit, such as 500ms, 10s, 5m or 1h";
        long millis = scaled(text, MILLISECONDS, message);
        if (millis > MAX_MILLISECONDS) {
            throw new IllegalArgumentException("'" + text + "' is too long; ten years are the most");
        }
        return Duration.ofMillis(millis);
    }

    /** 0 or more. */
    public static int count(String text) {
        if (!text.matches("[0-9]{1,7}")) {
            throw new IllegalArgumentException("'" + text + "' is no number; write a whole one, such as 50, or 0");
        }
        return Integer.parseInt(text);
    }

    /** {@code on} or {@code off}. */
    public static boolean toggle(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "on", "yes", "true" -> true;
            case "off", "no", "false" -> false;
            default -> throw new IllegalArgumentException("'" + text + "' is not known; it is on or off");
        };
    }

    /** Uploaded to downloaded; infinite for {@code never}, empty for {@code default}. */
    public static OptionalDouble ratio(String text) {
        if (text.equals("default")) {
            return OptionalDouble.empty();
        }
        if (text.equals("never")) {
            return OptionalDouble.of(Double.POSITIVE_INFINITY);
        }
        if (!text.matches("[0-9]{1,6}(\\.[0-9]{1,6})?")) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no ratio; write a number such as 1.5, or never, or default");
        }
        return OptionalDouble.of(Double.parseDouble(text));
    }

    /** Zero for {@code never}, empty for {@code default}. */
    public static Optional<Duration> idle(String text) {
        if (text.equals("default")) {
            return Optional.empty();
        }
        if (text.equals("never")) {
            return Optional.of(Duration.ZERO);
        }
        var message = "'" + text + "' is no idle time; write one such as 30m or 2h, or never, or default";
        long millis = scaled(text, MILLISECONDS, message);
        if (millis < 1_000 || millis > MAX_MILLISECONDS) {
            throw new IllegalArgumentException(message);
        }
        return Optional.of(Duration.ofMillis(millis));
    }

    /** A check that knows these words only. */
    static Consumer<String> oneOf(String... words) {
        return text -> {
            if (!List.of(words).contains(text)) {
                throw new IllegalArgumentException("'" + text + "' is not known; it is " + choice(List.of(words)));
            }
        };
    }

    /** {@code one, two or three}. */
    static String choice(List<String> words) {
        int last = words.size() - 1;
        return last == 0
                ? "'" + words.get(0) + "'"
                : String.join(", ", words.subList(0, last)) + " or " + words.get(last);
    }

    private static long scaled(String text, Map<String, Long> units, String message) {
        var matcher = NUMBER_AND_UNIT.matcher(text);
        var unit = matcher.matches() ? units.get(matcher.group(2).toLowerCase(Locale.ROOT)) : null;
        if (unit == null) {
            throw new IllegalArgumentException(message);
        }
        var bytes = new BigDecimal(matcher.group(1)).multiply(BigDecimal.valueOf(unit));
        if (bytes.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0) {
            throw new IllegalArgumentException(message);
        }
        return bytes.longValue();
    }

    /** An absolute URL of a tracker or web seed. */
    public static URI url(String text) {
        try {
            var uri = new URI(text);
            if (uri.getScheme() != null && uri.getHost() != null) {
                return uri;
            }
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(noUrl(text) + " (" + e.getReason() + ")", e);
        }
        throw new IllegalArgumentException(noUrl(text));
    }

    /** Of a web server (BEP 19). */
    static void checkWebUrl(String text) {
        if (!text.matches("(?i)https?://.+")) {
            throw new IllegalArgumentException("'" + text
                    + "' is no web seed; it begins with http:// or https://, such as https://example.org/files/");
        }
        url(text);
    }

    private static String noUrl(String text) {
        return "'" + text + "' is no URL; write one such as http://tracker.example:6969/announce";
    }

    static void checkPieceSize(String text) {
        long size = size(text);
        if (Long.bitCount(size) != 1 || size < SMALLEST_PIECE || size > LARGEST_PIECE) {
            throw new IllegalArgumentException("'" + text
                    + "' is no piece size; it is a power of two from 16KiB to 512MiB, such as 256KiB or 1MiB");
        }
    }

    static void checkGlob(String text) {
        try {
            new Glob(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(e.getMessage() + "; write one such as '*.mkv' or 'docs/**'", e);
        }
    }

    static void checkKey(String text) {
        if (!text.matches("[A-Za-z0-9_.~-]+:[A-Za-z0-9_.-]+")) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no setting; a KEY is PID:NAME, such as net.shoal.net:scope");
        }
    }
}
