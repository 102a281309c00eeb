package net.shoal.discovery.tracker;

import static net.shoal.discovery.tracker.Samples.request;
import static net.shoal.discovery.tracker.Samples.url;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

final class AnnounceQueueTest {
    private final List<TrackerUrl> asked = new ArrayList<>();
    private final List<CompletableFuture<AnnounceReply>> answers = new ArrayList<>();
    private final AnnounceQueue queue = new AnnounceQueue(
            (url, family, request) -> {
                asked.add(url);
                var answer = new CompletableFuture<AnnounceReply>();
                answers.add(answer);
                return answer;
            },
            Runnable::run,
            10,
            4);

    @Test
    void aThousandTransfersAreNoStorm() {
        for (int i = 0; i < 1_000; i++) {
            add("http://h" + i + ".example/announce");
        }
        assertThat(asked).hasSize(10);
        for (int i = 0; i < 1_000; i++) {
            answers.get(i).complete(Samples.reply(1800, 0, 0));
            assertThat(queue.inFlight()).isLessThanOrEqualTo(10);
        }
        assertThat(asked).hasSize(1_000);
        assertThat(queue.inFlight()).isZero();
    }

    @Test
    void oneDeadHostDoesNotHoldUpTheOthers() {
        for (int i = 0; i < 100; i++) {
            add("http://dead.example/announce");
        }
        add("http://alive.example/announce");
        assertThat(asked).hasSize(5).contains(url("http://alive.example/announce"));
    }

    @Test
    void farewellsGoFirstAndTellWhenTheyAreSaid() {
        for (int i = 0; i < 20; i++) {
            add("http://h" + i + ".example/announce");
        }
        queue.addFarewell(announce("http://bye.example/announce"));
        var said = new AtomicBoolean();
        queue.onFarewellsDone(() -> said.set(true));
        answers.get(0).completeExceptionally(TrackerFailure.unreachable("gone"));
        assertThat(asked.get(10)).isEqualTo(url("http://bye.example/announce"));
        assertThat(said).isFalse();
        answers.get(10).completeExceptionally(TrackerFailure.unreachable("gone"));
        assertThat(said).isTrue();
    }

    @Test
    void dropsWhatIsNoLongerWanted() {
        var isWanted = new AtomicBoolean(true);
        for (int i = 0; i < 20; i++) {
            queue.add(announce("http://h" + i + ".example/announce"), isWanted::get, new Ignored());
        }
        isWanted.set(false);
        answers.get(0).complete(Samples.reply(1, 0, 0));
        assertThat(queue.waiting()).isZero();
        assertThat(asked).hasSize(10);
    }

    private void add(String url) {
        queue.add(announce(url), () -> true, new Ignored());
    }

    private static AnnouncePlan.Announce announce(String url) {
        return new AnnouncePlan.Announce(
                url(url), Family.IPV4, request(Event.NONE), new Route(Samples.V1, Family.IPV4));
    }

    private record Ignored() implements AnnounceQueue.Outcome {
        @Override
        public void sent() {}

        @Override
        public void replied(AnnounceReply reply) {}

        @Override
        public void failed(TrackerFailure failure) {}
    }
}
