package net.shoal.engine.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NightTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    private static Night night(String from, String to, String... days) {
        return Night.parse(from, to, List.of(days)).orElseThrow();
    }

    /** 2026-03-06 is a Friday. */
    @ParameterizedTest
    @CsvSource({
        "2026-03-06T22:59:59,false",
        "2026-03-06T23:00,true",
        "2026-03-07T00:00,true",
        "2026-03-07T06:59:59,true",
        "2026-03-07T07:00,false",
        "2026-03-07T12:00,false"
    })
    void aNightGoesOverMidnight(LocalDateTime moment, boolean isNight) {
        assertThat(night("23:00", "07:00").isAt(moment)).isEqualTo(isNight);
    }

    @ParameterizedTest
    @CsvSource({"2026-03-06T00:59,false", "2026-03-06T01:00,true", "2026-03-06T05:29,true", "2026-03-06T05:30,false"})
    void aNightMayBeginAfterMidnight(LocalDateTime moment, boolean isNight) {
        assertThat(night("1:00", "05:30").isAt(moment)).isEqualTo(isNight);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-05T23:30,false",
        "2026-03-06T00:30,false",
        "2026-03-06T23:30,true",
        "2026-03-07T06:30,true",
        "2026-03-07T23:30,true",
        "2026-03-08T06:30,true",
        "2026-03-08T23:30,false"
    })
    void aNightBelongsToTheDayItBeginsOn(LocalDateTime moment, boolean isNight) {
        assertThat(night("23:00", "07:00", "Fri", "saturday").isAt(moment)).isEqualTo(isNight);
    }

    @Test
    void whenClocksAreSetForwardTheNightIsAnHourShorter() {
        assertThat(hoursOfNight("2026-03-28T12:00+01:00[Europe/Berlin]", night("23:00", "07:00")))
                .isEqualTo(7);
        assertThat(hoursOfNight("2026-03-28T12:00+01:00[Europe/Berlin]", night("02:15", "02:45")))
                .as("an hour that is left out")
                .isZero();
    }

    @Test
    void whenClocksAreSetBackTheNightIsAnHourLonger() {
        assertThat(hoursOfNight("2026-10-24T12:00+02:00[Europe/Berlin]", night("23:00", "07:00")))
                .isEqualTo(9);
        assertThat(hoursOfNight("2026-10-24T12:00+02:00[Europe/Berlin]", night("02:00", "03:00")))
                .as("an hour that comes twice")
                .isEqualTo(2);
    }

    /** Within a day of that moment, in minutes looked at. */
    private static double hoursOfNight(String from, Night night) {
        var moment = ZonedDateTime.parse(from).withZoneSameInstant(BERLIN);
        int minutes = 0;
        for (int i = 0; i < Duration.ofDays(1).toMinutes(); i++) {
            minutes += night.isAt(moment.plusMinutes(i).toLocalDateTime()) ? 1 : 0;
        }
        return minutes / 60.0;
    }

    @Test
    void aClockThatJumpsIsBelieved() {
        var limits = new NodeLimits(SwarmLimits.DEFAULTS);
        limits.schedule(new Schedule(new Rates(100, 10), new Rates(0, 50), Optional.of(night("23:00", "07:00"))));
        assertThat(limits.keepTime(LocalDateTime.parse("2026-03-06T12:00"))).isTrue();
        assertThat(limits.keepTime(LocalDateTime.parse("2026-03-06T12:00:05"))).isFalse();
        assertThat(limits.down().rate()).isEqualTo(100);
        assertThat(limits.keepTime(LocalDateTime.parse("2031-01-01T23:30"))).isTrue();
        assertThat(limits.down().rate()).isZero();
        assertThat(limits.up().rate()).isEqualTo(50);
        assertThat(limits.keepTime(LocalDateTime.parse("1970-01-01T08:00"))).isTrue();
        assertThat(limits.up().rate()).isEqualTo(10);
    }

    @Test
    void withoutHoursThereIsNoNight() {
        assertThat(Night.parse("", " ", List.of())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "25:00,07:00,fri,'25:00' is no time of day; write one such as 23:00",
        "23:00,late,fri,'late' is no time of day; write one such as 23:00",
        "23:00,'',fri,'a night has a beginning and an end: set both nightFrom and nightTo, or neither'",
        "23:00,07:00,f,'''f'' is no day of the week; write some of mon, tue, wed, thu, fri, sat, sun'",
        "23:00,23:00,fri,'nightFrom and nightTo are both 23:00; for limits at all hours set downLimit and upLimit'"
    })
    void whatIsNoNightIsRefusedInWords(String from, String to, String day, String message) {
        assertThatThrownBy(() -> Night.parse(from, to, List.of(day)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }
}
