package net.shoal.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class NetworkWatchTest {
    private static final long USUAL = 2_000;

    private Set<String> addresses = Set.of("lo 127.0.0.1", "eth0 10.0.0.1");
    private long calendar = 1_000_000;
    private long nanos;
    private final NetworkWatch watch = new NetworkWatch(() -> addresses, () -> calendar, () -> nanos);

    @Test
    void isQuietWhileNothingChanges() {
        for (int i = 0; i < 10; i++) {
            pass(USUAL, USUAL + 100);
            assertThat(watch.hasChanged(USUAL)).isFalse();
        }
    }

    @Test
    void noticesAddressesThatComeAndGo() {
        addresses = Set.of("lo 127.0.0.1");
        pass(USUAL, USUAL);
        assertThat(watch.hasChanged(USUAL)).isTrue();
        pass(USUAL, USUAL);
        assertThat(watch.hasChanged(USUAL)).as("told once").isFalse();
        addresses = Set.of("lo 127.0.0.1", "eth0 10.0.0.1");
        assertThat(watch.hasChanged(USUAL)).isTrue();
    }

    @Test
    void noticesThatTheMachineHasSlept() {
        pass(USUAL + 3_600_000, USUAL);
        assertThat(watch.hasChanged(USUAL)).isTrue();
        pass(USUAL, USUAL);
        assertThat(watch.hasChanged(USUAL)).isFalse();
    }

    @Test
    void noticesASleepInWhichBothClocksWentOn() {
        pass(3_600_000, 3_600_000);
        assertThat(watch.hasChanged(USUAL)).isTrue();
    }

    @Test
    void aCalendarThatIsPutBackIsNoSleep() {
        pass(-365L * 24 * 3_600_000, USUAL);
        assertThat(watch.hasChanged(USUAL)).isFalse();
    }

    @Test
    void seesTheLoopbackOfThisMachine() {
        assertThat(OwnAddresses.usable()).anyMatch(address -> address.endsWith(" 127.0.0.1"));
    }

    private void pass(long calendarMillis, long awakeMillis) {
        calendar += calendarMillis;
        nanos += TimeUnit.MILLISECONDS.toNanos(awakeMillis);
    }
}
