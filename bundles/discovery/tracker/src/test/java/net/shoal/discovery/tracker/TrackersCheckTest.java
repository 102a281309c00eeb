package net.shoal.discovery.tracker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.felix.hc.api.Result;
import org.apache.felix.hc.api.ResultLog;
import org.junit.jupiter.api.Test;

final class TrackersCheckTest {
    @Test
    void namesTheTrackersThatFailAndWhy() {
        var result = TrackersCheck.judge(List.of(
                view("a.example:80", PlannedTracker.Health.WORKING, "works"),
                view("a.example:80", PlannedTracker.Health.FAILING, "failed: unregistered torrent"),
                view("b.example:80", PlannedTracker.Health.FAILING, "failed: does not answer"),
                view("c.example:80", PlannedTracker.Health.NOT_ASKED, "not asked yet")));
        assertThat(result.getStatus()).isEqualTo(Result.Status.OK);
        assertThat(lines(result)).containsExactly("1 of 2 trackers work.", "b.example:80 failed: does not answer");
    }

    @Test
    void warnsWhenNoneWorks() {
        var result = TrackersCheck.judge(
                List.of(view("b.example:80", PlannedTracker.Health.FAILING, "failed: does not answer")));
        assertThat(result.getStatus()).isEqualTo(Result.Status.WARN);
    }

    private static List<String> lines(Result result) {
        return java.util.stream.StreamSupport.stream(result.spliterator(), false)
                .map(ResultLog.Entry::getMessage)
                .toList();
    }

    private static TrackerView view(String authority, PlannedTracker.Health health, String message) {
        return new TrackerView("http://" + authority + "/announce", authority, health, message, false, 0);
    }
}
