package net.shoal.ui.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SessionsTest {
    private final FakeClock clock = new FakeClock();
    private final Sessions sessions = new Sessions(new Secrets(new SecureRandom()), clock, Duration.ofHours(2));

    @Test
    void oneThatIsUsedGoesOnAndOneThatIsNotEnds() {
        var session = sessions.open();
        clock.advance(Duration.ofMinutes(119));
        assertThat(sessions.use(session)).contains(clock.instant().plus(Duration.ofHours(2)));
        clock.advance(Duration.ofMinutes(119));
        assertThat(sessions.use(session)).isPresent();
        clock.advance(Duration.ofHours(2));
        assertThat(sessions.use(session)).isEmpty();
        assertThat(sessions.size()).isZero();
    }

    @Test
    void noneLivesForEver() {
        sessions.idle(Duration.ofDays(20));
        var session = sessions.open();
        clock.advance(Duration.ofDays(19));
        assertThat(sessions.use(session)).contains(clock.instant().plus(Duration.ofDays(11)));
        clock.advance(Duration.ofDays(11));
        assertThat(sessions.use(session)).isEmpty();
    }

    @Test
    void whatIsMadeUpOpensNothing() {
        sessions.open();
        assertThat(sessions.use("")).isEmpty();
        assertThat(sessions.use("a".repeat(43))).isEmpty();
    }

    @Test
    void oneThatIsClosedIsClosed() {
        var session = sessions.open();
        sessions.close(session);
        assertThat(sessions.use(session)).isEmpty();
    }

    @Test
    void thereAreOnlySoManyAndTheOneUnusedForLongestMakesRoom() {
        var first = sessions.open();
        clock.advance(Duration.ofSeconds(1));
        var second = sessions.open();
        clock.advance(Duration.ofSeconds(1));
        sessions.use(first);
        IntStream.range(0, 99).forEach(i -> sessions.open());
        assertThat(sessions.size()).isEqualTo(100);
        assertThat(sessions.use(first)).isPresent();
        assertThat(sessions.use(second)).isEmpty();
    }

    @Test
    void twoAreNeverAlikeAndSayMuch() {
        assertThat(sessions.open()).hasSize(43).isNotEqualTo(sessions.open());
    }
}
