package net.shoal.base.command;

import java.util.Locale;

/** Numbers as people read them. */
public final class Humane {
    private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};

    private Humane() {}

    /** {@code 532 B}, {@code 1.50 MiB}, {@code 23.4 GiB}: three digits. */
    public static String size(long bytes) {
        double value = bytes;
        int unit = 0;
        while (value >= 999.5 && unit < UNITS.length - 1) {
            value /= 1024;
            unit++;
        }
        int decimals = unit == 0 || value >= 99.95 ? 0 : value >= 9.995 ? 1 : 2;
        return String.format(Locale.ROOT, "%." + decimals + "f %s", value, UNITS[unit]);
    }

    public static String rate(long bytesPerSecond) {
        return size(bytesPerSecond) + "/s";
    }

    /** {@code 12s}, {@code 3m 20s}, {@code 5h 12m}, {@code 3d 4h}. */
    public static String duration(long seconds) {
        if (seconds < 60) {
            return seconds + "s";
        }
        if (seconds < 3_600) {
            return seconds / 60 + "m " + seconds % 60 + "s";
        }
        if (seconds < 86_400) {
            return seconds / 3_600 + "h " + seconds % 3_600 / 60 + "m";
        }
        return seconds / 86_400 + "d " + seconds % 86_400 / 3_600 + "h";
    }

    /** Rounded down, so that 100 % means all of it. */
    public static String percent(long done, long total) {
        return (total <= 0 ? 0 : (long) Math.floor(100.0 * done / total)) + " %";
    }
}
