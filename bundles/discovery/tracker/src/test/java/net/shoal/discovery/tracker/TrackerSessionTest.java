package net.shoal.discovery.tracker;

import static net.shoal.discovery.tracker.Samples.LEECHING;
import static net.shoal.discovery.tracker.Samples.wanted;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import net.shoal.base.model.PeerAddress;
import org.junit.jupiter.api.Test;

/** On virtual time: a second is a call of {@code tick}. */
final class TrackerSessionTest {
    private final List<AnnounceRequest> asked = new ArrayList<>();
    private final List<PeerAddress> found = new ArrayList<>();
    private final List<TrackerSession> closed = new ArrayList<>();
    private CompletionStage<AnnounceReply> answer = CompletableFuture.completedFuture(Samples.reply(100, 0, 3));
    private long now;

    private final AnnounceQueue queue = new AnnounceQueue(
            (url, family, request) -> {
                if (family == Family.IPV6) {
                    return CompletableFuture.failedFuture(TrackerFailure.noAddress(family));
                }
                asked.add(request);
                return answer;
            },
            Runnable::run,
            10,
            10);
    private final TrackerSession session = new TrackerSession(
            new AnnouncePlan(wanted(List.of(List.of("http://a.example/announce")), false), false, new Random(1)),
            queue,
            found::addAll,
            Runnable::run,
            () -> now,
            closed::add);

    @Test
    void announcesFromTheFirstUpdateOnAndAgainAtTheInterval() {
        seconds(5);
        assertThat(asked).as("before it is known whether we seed").isEmpty();
        session.update(LEECHING);
        assertThat(asked).hasSize(1);
        assertThat(found).hasSize(3);
        session.update(Samples.SEEDING);
        seconds(99);
        assertThat(asked).hasSize(1);
        seconds(1);
        assertThat(asked).hasSize(2);
        seconds(1_000);
        assertThat(asked).hasSize(12);
    }

    @Test
    void tellsHowItStands() {
        assertThat(session.status().get(0).message()).isEqualTo("not asked yet");
        session.update(LEECHING);
        var status = session.status().get(0);
        assertThat(status.message()).isEqualTo("works, 1 seed, 2 leechers, named 3 peers");
        assertThat(status.nextInWords()).contains("in 100 s");
    }

    @Test
    void saysGoodByeOnceAndFallsSilent() {
        session.update(LEECHING);
        session.close();
        session.close();
        session.update(LEECHING);
        seconds(1_000);
        assertThat(asked).extracting(AnnounceRequest::event).containsExactly(Event.STARTED, Event.STOPPED);
        assertThat(closed).containsExactly(session);
    }

    @Test
    void heedsNoReplyThatComesAfterItWasClosed() {
        var late = new CompletableFuture<AnnounceReply>();
        answer = late;
        session.update(LEECHING);
        session.close();
        late.complete(Samples.reply(100, 0, 3));
        assertThat(found).isEmpty();
    }

    private void seconds(int count) {
        for (int i = 0; i < count; i++) {
            now += 1_000;
            session.tick();
        }
    }
}
