package net.shoal.engine.limits;

import java.time.DayOfWeek;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.format.DateTimeParseException;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The hours of other limits, by the clock on the wall. Whether it is night is asked of each moment anew, so that summer time and clocks that
 * are put right need no care: an hour that comes twice is night twice, and one that is left out is not.
 *
 * @param from when it begins
 * @param to when it is over; earlier than {@code from} means on the next day
 * @param days on which it begins
 */
public record Night(LocalTime from, LocalTime to, Set<DayOfWeek> days) {
    public Night {
        days = Set.copyOf(days);
    }

    public boolean isAt(LocalDateTime moment) {
        var time = moment.toLocalTime();
        var day = moment.getDayOfWeek();
        if (from.isBefore(to)) {
            return days.contains(day) && !time.isBefore(from) && time.isBefore(to);
        }
        return !time.isBefore(from) ? days.contains(day) : time.isBefore(to) && days.contains(day.minus(1));
    }

    /**
     * Reads it as people write it.
     *
     * @param from such as 23:00; empty, as {@code to} then is too, for no night
     * @param days such as mon, tue; none for all
     * @throws IllegalArgumentException with a sentence that says what would be right
     */
    public static Optional<Night> parse(String from, String to, List<String> days) {
        if (from.isBlank() != to.isBlank()) {
            throw new IllegalArgumentException(
                    "a night has a beginning and an end: set both nightFrom and nightTo, or neither");
        }
        var on = days(days);
        if (from.isBlank()) {
            return Optional.empty();
        }
        var night = new Night(time(from).orElseThrow(), time(to).orElseThrow(), on);
        if (night.from.equals(night.to)) {
            throw new IllegalArgumentException(
                    "nightFrom and nightTo are both " + from + "; for limits at all hours set downLimit and upLimit");
        }
        return Optional.of(night);
    }

    /** @throws IllegalArgumentException as {@link #parse} does, for what is neither a time nor empty */
    public static Optional<LocalTime> time(String text) {
        var plain = text.strip();
        if (plain.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(LocalTime.parse(plain.indexOf(':') == 1 ? "0" + plain : plain));
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("'" + text + "' is no time of day; write one such as 23:00", e);
        }
    }

    /** @throws IllegalArgumentException as {@link #parse} does */
    public static Set<DayOfWeek> days(List<String> names) {
        var days = EnumSet.noneOf(DayOfWeek.class);
        names.forEach(name -> days.add(day(name)));
        return days.isEmpty() ? EnumSet.allOf(DayOfWeek.class) : days;
    }

    private static DayOfWeek day(String text) {
        var plain = text.strip().toUpperCase(Locale.ROOT);
        for (var day : DayOfWeek.values()) {
            if (plain.length() >= 2 && day.name().startsWith(plain)) {
                return day;
            }
        }
        throw new IllegalArgumentException(
                "'" + text + "' is no day of the week; write some of mon, tue, wed, thu, fri, sat, sun");
    }
}
