package net.shoal.library;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import net.shoal.api.library.History.Entry;
import net.shoal.api.library.History.Event;
import org.junit.jupiter.api.Test;

class EventsTest {
    private static final Instant NOW = Instant.parse("2026-11-30T12:00:00.000123Z");

    private final Events events = new Events(List.of());

    private static Entry entry(Instant at, int number) {
        return new Entry(at, Event.REMOVED, "id" + number, "name", 1, Path.of("/x"), "");
    }

    @Test
    void whoTurnsPagesByMillisecondsMissesNothingOfWhatHappenedAtOnce() {
        for (int i = 0; i < 250; i++) {
            events.add(entry(NOW, i));
        }
        var read = new ArrayList<String>();
        var before = Instant.MAX;
        for (var page = events.latest(before, 100); !page.isEmpty(); page = events.latest(before, 100)) {
            page.forEach(each -> read.add(each.id()));
            before = Instant.ofEpochMilli(page.get(page.size() - 1).at().toEpochMilli());
        }
        assertThat(read).hasSize(250).doesNotHaveDuplicates();
        assertThat(read.get(0)).isEqualTo("id249");
    }

    @Test
    void aClockThatWasPutBackIsBelieved() {
        events.add(entry(NOW, 0));
        var earlier = Instant.parse("2025-11-30T12:00:00Z");
        events.add(entry(earlier, 1));
        assertThat(events.latest(Instant.MAX, 1).get(0).at()).isEqualTo(earlier);
        events.add(entry(NOW.plus(Duration.ofSeconds(1)), 2));
        assertThat(events.latest(Instant.MAX, 1).get(0).at()).isEqualTo(Instant.parse("2026-11-30T12:00:01Z"));
    }

    @Test
    void onlySoMuchIsRemembered() {
        for (int i = 0; i < Events.MOST + 10; i++) {
            events.add(entry(NOW.plusSeconds(i), i));
        }
        assertThat(events.all()).hasSize(Events.MOST);
        assertThat(events.all().get(0).id()).isEqualTo("id10");
    }
}
