package net.shoal.discovery.tracker;

import static net.shoal.discovery.tracker.Samples.LEECHING;
import static net.shoal.discovery.tracker.Samples.PARTIALLY_SEEDING;
import static net.shoal.discovery.tracker.Samples.SEEDING;
import static net.shoal.discovery.tracker.Samples.hybrid;
import static net.shoal.discovery.tracker.Samples.reply;
import static net.shoal.discovery.tracker.Samples.wanted;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;
import net.shoal.api.transfer.DiscoverySession.Progress;
import net.shoal.api.transfer.TransferDetails.DiscoveryStatus;
import net.shoal.api.transfer.Wanted;
import org.junit.jupiter.api.Test;

final class AnnouncePlanTest {
    private static final String A = "http://a.example/announce";
    private static final String B = "http://b.example/announce";
    private static final String C = "udp://c.example:80";
    private final TrackerFailure down = TrackerFailure.unreachable("does not answer");

    @Test
    void tellsStartedThenNothingThenCompletedOnce() {
        var run = new Run(wanted(List.of(List.of(A)), false)).update(LEECHING);
        assertThat(run.events(0)).containsExactly(Event.STARTED, Event.STARTED);
        run.answerAll(reply(1800, 0, 20));
        assertThat(run.events(1_000)).isEmpty();
        assertThat(run.events(1_800_000)).containsExactly(Event.NONE, Event.NONE);
        run.answerAll(reply(1800, 900, 20));
        run.update(new Progress(0, 1_000_000, 0, 0, true, 0));
        assertThat(run.events(1_801_000)).as("at once").containsExactly(Event.COMPLETED, Event.COMPLETED);
        run.answerAll(reply(1800, 900, 20));
        run.update(SEEDING);
        assertThat(run.events(1_802_000)).isEmpty();
        assertThat(run.events(3_700_000)).containsExactly(Event.NONE, Event.NONE);
    }

    @Test
    void saysAtEachAnnounceThatItIsAPartialSeed() {
        var run = new Run(wanted(List.of(List.of(A)), false)).update(LEECHING);
        run.events(0);
        run.answerAll(reply(1800, 900, 20));
        run.update(new Progress(0, 900_000, 0, 100_000, true, 0));
        assertThat(run.events(800_000)).as("not sooner than the tracker likes").isEmpty();
        assertThat(run.due(900_000)).isNotEmpty().allSatisfy(each -> {
            assertThat(each.request().event()).isEqualTo(Event.PAUSED);
            assertThat(each.request().left()).as("of the whole").isEqualTo(100_000);
        });
        run.answerAll(reply(1800, 900, 20));
        run.update(PARTIALLY_SEEDING);
        assertThat(run.events(2_600_000)).isEmpty();
        assertThat(run.events(2_700_000)).containsOnly(Event.PAUSED);
        run.answerAll(reply(1800, 900, 20));
        run.update(LEECHING);
        assertThat(run.events(3_600_000)).as("more is wanted").containsOnly(Event.NONE);
        run.answerAll(reply(1800, 900, 20));
        run.update(new Progress(0, 1_000_000, 0, 0, true, 0));
        assertThat(run.events(3_600_001)).containsOnly(Event.COMPLETED);
    }

    @Test
    void startsAsAPartialSeedLikeAnybody() {
        var run = new Run(wanted(List.of(List.of(A)), false)).update(PARTIALLY_SEEDING);
        assertThat(run.events(0)).containsOnly(Event.STARTED);
        run.answerAll(reply(1800, 0, 20));
        assertThat(run.events(1_000)).as("in its own time").isEmpty();
        assertThat(run.events(1_800_000)).containsOnly(Event.PAUSED);
    }

    @Test
    void repeatsStartedUntilItIsHeardAndCompletedOnlyThen() {
        var run = new Run(wanted(List.of(List.of(A)), false)).update(LEECHING);
        run.events(0);
        run.failAll(down);
        run.update(new Progress(0, 1, 0, 0, true, 0));
        assertThat(run.events(5_000)).as("backs off").isEmpty();
        assertThat(run.events(20_000)).containsOnly(Event.STARTED);
        run.answerAll(reply(1800, 0, 5));
        assertThat(run.events(20_001)).containsOnly(Event.COMPLETED);
    }

    @Test
    void asksAgainWhenTheNetworkHasChanged() {
        var run = new Run(wanted(List.of(List.of(A)), false)).update(SEEDING);
        run.events(0);
        run.failAll(down);
        assertThat(run.events(5_000)).as("backs off").isEmpty();
        run.plan.networkChanged(6_000);
        assertThat(run.events(6_000)).containsOnly(Event.STARTED);
        run.answerAll(reply(1800, 0, 5));
        run.plan.networkChanged(7_000);
        assertThat(run.events(7_000)).as("not sooner than the tracker likes").isEmpty();
        assertThat(run.events(1_000_000)).containsOnly(Event.NONE);
    }

    @Test
    void announcesBothHashesOfAHybridOverBothFamilies() {
        var run = new Run(wanted(hybrid(), List.of(List.of(A)), false)).update(LEECHING);
        assertThat(run.due(0))
                .extracting(each ->
                        each.family() + " " + each.request().infoHash().hex().substring(0, 6))
                .containsExactlyInAnyOrder("IPV4 001122", "IPV6 001122", "IPV4 000000", "IPV6 000000");
    }

    @Test
    void worksWithATrackerThatHasNoIpv6() {
        var run = new Run(wanted(List.of(List.of(A), List.of(B)), false)).update(LEECHING);
        run.due(0);
        run.answer(each -> each.family() == Family.IPV6 ? TrackerFailure.noAddress(Family.IPV6) : reply(1800, 0, 30));
        assertThat(run.due(1_000)).isEmpty();
        assertThat(run.status(1_000).get(0).message()).startsWith("works");
        assertThat(run.due(1_800_000)).extracting(AnnouncePlan.Announce::family).contains(Family.IPV4);
    }

    @Test
    void walksATierUntilATrackerWorksAndKeepsToThatOne() {
        var run = new Run(wanted(List.of(List.of(A, B, "http://d.example/announce")), false)).update(LEECHING);
        var first = run.hosts(0);
        run.failAll(down);
        var second = run.hosts(1);
        assertThat(second).doesNotContainAnyElementsOf(first).hasSize(1);
        run.answerAll(reply(1800, 0, 30));
        assertThat(run.hosts(600_000))
                .as("the failed one is no longer in front")
                .isEmpty();
        assertThat(run.hosts(1_800_001)).isEqualTo(second);
    }

    @Test
    void shufflesWithinATierOnly() {
        var tiers = List.of(List.of(A, B, C), List.of("http://z.example/announce"));
        var firsts = new ArrayList<String>();
        for (int seed = 0; seed < 40; seed++) {
            var run = new Run(wanted(tiers, false), seed).update(LEECHING);
            firsts.addAll(run.hosts(0));
        }
        assertThat(firsts).contains("a.example", "b.example", "c.example").doesNotContain("z.example");
    }

    @Test
    void asksTheNextTierOnlyWhenTheOneBeforeFails() {
        var run = new Run(wanted(List.of(List.of(A), List.of(B)), true)).update(LEECHING);
        assertThat(run.hosts(0)).containsExactly("a.example");
        run.answerAll(reply(1800, 0, 0));
        assertThat(run.hosts(1_000)).as("private: however few peers there are").isEmpty();
        assertThat(run.hosts(1_800_000)).containsExactly("a.example");
        run.failAll(down);
        assertThat(run.hosts(1_800_001)).containsExactly("b.example");
    }

    @Test
    void asksTheNextTierOfAPublicTorrentWhenPeersAreFew() {
        var tiers = List.of(List.of(A), List.of(B));
        var few = new Run(wanted(tiers, false)).update(LEECHING);
        few.due(0);
        few.answerAll(reply(1800, 0, 3));
        assertThat(few.hosts(1)).containsExactly("b.example");

        var many = new Run(wanted(tiers, false)).update(LEECHING);
        many.due(0);
        many.answerAll(reply(1800, 0, 30));
        assertThat(many.hosts(1)).isEmpty();
    }

    @Test
    void doesNotWaitLongForASilentTracker() {
        var run = new Run(wanted(List.of(List.of(A), List.of(B)), false)).update(LEECHING);
        run.due(0);
        run.sendAll(0);
        assertThat(run.hosts(AnnouncePlan.PATIENCE - 1)).isEmpty();
        assertThat(run.hosts(AnnouncePlan.PATIENCE)).containsExactly("b.example");
    }

    @Test
    void backsOffExponentiallyWithJitterAndBound() {
        var run = new Run(wanted(List.of(List.of(A)), false)).update(LEECHING);
        long now = 0;
        long last = 0;
        for (int failures = 1; failures <= 14; failures++) {
            while (run.due(now).isEmpty()) {
                now += 500;
            }
            long waited = now - last;
            if (failures > 1) {
                long nominal = Math.min(Pace.FIRST_RETRY << (failures - 2), Pace.LAST_RETRY);
                assertThat(waited).isBetween(nominal * 8 / 10, nominal * 12 / 10 + 1_000);
            }
            // the other family joins so that both are in step
            now += Pace.LAST_RETRY;
            run.due(now);
            run.now = now;
            run.failAll(down);
            last = now;
        }
    }

    @Test
    void heedsIntervalsWithinBounds() {
        assertThat(nextAfter(reply(1, 0, 30), SEEDING)).isEqualTo(Pace.FLOOR);
        assertThat(nextAfter(reply(Long.MAX_VALUE, 0, 30), SEEDING)).isEqualTo(Pace.CEILING);
        assertThat(nextAfter(reply(0, 0, 30), SEEDING)).isEqualTo(Pace.USUAL);
        assertThat(nextAfter(reply(-5, -5, 30), SEEDING)).isEqualTo(Pace.USUAL);
        assertThat(nextAfter(reply(60, 300, 30), SEEDING)).isEqualTo(300_000);
    }

    @Test
    void asksEarlyForWantOfPeersButNotBelowTheMinimum() {
        assertThat(nextAfter(reply(1800, 600, 30), LEECHING)).isEqualTo(600_000);
        assertThat(nextAfter(reply(1800, 5, 30), LEECHING)).isEqualTo(Pace.EARLIEST);
        assertThat(nextAfter(reply(1800, 0, 30), LEECHING)).isEqualTo(900_000);
        assertThat(nextAfter(reply(1800, 600, 30), new Progress(0, 0, 1, 1, false, 3)))
                .isEqualTo(1_800_000);
    }

    private static long nextAfter(AnnounceReply reply, Progress progress) {
        var run = new Run(wanted(List.of(List.of(A)), true)).update(progress);
        run.due(0);
        run.answerAll(reply);
        return IntStream.rangeClosed(1, 1_000_000)
                .mapToLong(seconds -> seconds * 1_000L)
                .filter(now -> !run.due(now).isEmpty())
                .findFirst()
                .orElseThrow();
    }

    @Test
    void saysGoodByeOnlyToThoseWhoMayKnowOfUs() {
        var run = new Run(wanted(List.of(List.of(A), List.of(B)), false)).update(LEECHING);
        run.due(0);
        run.answer(each -> each.family() == Family.IPV4 ? reply(1800, 0, 1) : down);
        run.due(1);
        run.failAll(down);
        var farewells = run.plan.farewells();
        assertThat(farewells).hasSize(1);
        var farewell = farewells.get(0);
        assertThat(farewell.url().host()).isEqualTo("a.example");
        assertThat(farewell.request().event()).isEqualTo(Event.STOPPED);
        assertThat(farewell.request().wants()).isZero();
    }

    @Test
    void keepsWhatTheTrackerSaysForTheUser() {
        var run = new Run(wanted(List.of(List.of("http://t.example/secret-passkey/announce?pk=1")), false))
                .update(LEECHING);
        run.due(0);
        run.failAll(TrackerFailure.refused("\u001b[31mgo\u202eaway\n" + "x".repeat(1_000), java.util.Optional.empty()));
        var status = run.status(0).get(0);
        assertThat(status.message()).startsWith("failed: [31mgo away x").hasSizeLessThan(250);
        assertThat(status.source()).isEqualTo("http://t.example/…");
        assertThat(status.nextInWords())
                .hasValueSatisfying(words -> assertThat(words).matches("in 1\\d s"));
    }

    @Test
    void namesTrackersItCannotUseAndAsksTheOthers() {
        var run =
                new Run(wanted(List.of(List.of("wss://w.example", "udp://noport.example", A)), false)).update(LEECHING);
        assertThat(run.hosts(0)).containsExactly("a.example");
        assertThat(run.plan.unusable())
                .extracting(DiscoveryStatus::message)
                .containsExactly("is no http, https or udp address", "names no port, as udp addresses must");
    }

    @Test
    void boundsHowManyTrackersOneTorrentMayName() {
        var tier = IntStream.range(0, 5_000)
                .mapToObj(i -> "http://h" + i + ".example/announce")
                .toList();
        var plan = new AnnouncePlan(wanted(List.of(tier), false), false, new Random(1));
        assertThat(plan.views(0)).hasSize(AnnouncePlan.MAX_TRACKERS);
    }

    /** Drives one plan. */
    private static final class Run {
        final AnnouncePlan plan;
        final List<AnnouncePlan.Announce> inFlight = new ArrayList<>();
        long now;

        Run(Wanted wanted) {
            this(wanted, 1);
        }

        Run(Wanted wanted, long seed) {
            plan = new AnnouncePlan(wanted, false, new Random(seed));
        }

        Run update(Progress progress) {
            plan.update(progress);
            return this;
        }

        List<AnnouncePlan.Announce> due(long at) {
            now = at;
            var due = plan.due(at);
            inFlight.addAll(due);
            return due;
        }

        List<Event> events(long at) {
            return due(at).stream().map(each -> each.request().event()).toList();
        }

        List<String> hosts(long at) {
            return due(at).stream().map(each -> each.url().host()).distinct().toList();
        }

        List<DiscoveryStatus> status(long at) {
            return plan.views(at).stream().map(view -> view.status(at)).toList();
        }

        void sendAll(long at) {
            inFlight.forEach(each -> each.route().sent(at));
        }

        void answerAll(AnnounceReply reply) {
            answer(each -> reply);
        }

        void failAll(TrackerFailure failure) {
            answer(each -> failure);
        }

        void answer(Function<AnnouncePlan.Announce, Object> answers) {
            var ended = List.copyOf(inFlight);
            inFlight.clear();
            for (var each : ended) {
                if (answers.apply(each) instanceof AnnounceReply reply) {
                    plan.replied(each, reply, now);
                } else {
                    plan.failed(each, (TrackerFailure) answers.apply(each), now);
                }
            }
        }
    }
}
