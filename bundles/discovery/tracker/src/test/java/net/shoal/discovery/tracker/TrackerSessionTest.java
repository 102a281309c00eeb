package net.shoal.discovery.tracker;

import static net.shoal.discovery.tracker.Samples.LEECHING;
import static net.shoal.discovery.tracker.Samples.wanted;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import net.shoal.api.transfer.PeerSink;
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

    /** BEP 27: one tracker at a time, and the peers of one are not mixed with those of another. */
    @Test
    void aPrivateTorrentHasThePeersOfOneTrackerUntilThatFails() {
        var wanted = wanted(List.of(List.of("http://a.example/announce"), List.of("http://b.example/announce")), true);
        var told = new ArrayList<String>();
        var down = new HashSet<String>();
        var trackers = new AnnounceQueue(
                (url, family, request) -> {
                    var host = url.authority();
                    return family == Family.IPV6
                            ? CompletableFuture.failedFuture(TrackerFailure.noAddress(family))
                            : down.contains(host)
                                    ? CompletableFuture.failedFuture(TrackerFailure.unreachable("does not answer"))
                                    : CompletableFuture.completedFuture(
                                            Samples.reply(100, 0, host.startsWith("a") ? 1 : 2));
                },
                Runnable::run,
                10,
                10);
        var sink = new PeerSink() {
            @Override
            public void found(Collection<PeerAddress> peers) {
                told.add(peers.size() == 1 ? "of a" : "of b");
            }

            @Override
            public void forget() {
                told.add("forget");
            }
        };
        var alone = new TrackerSession(
                new AnnouncePlan(wanted, true, new Random(1)), trackers, sink, Runnable::run, () -> now, closed::add);
        alone.update(LEECHING);
        assertThat(told).containsExactly("of a");
        down.add("a.example:80");
        run(alone, 200);
        assertThat(told.subList(0, 3)).containsExactly("of a", "forget", "of b");
        down.clear();
        run(alone, 500);
        assertThat(told.subList(3, told.size()))
                .as("a is back, but b works")
                .isNotEmpty()
                .containsOnly("of b");
    }

    private void run(TrackerSession each, int seconds) {
        for (int i = 0; i < seconds; i++) {
            now += 1_000;
            each.tick();
        }
    }

    private void seconds(int count) {
        for (int i = 0; i < count; i++) {
            now += 1_000;
            session.tick();
        }
    }
}
