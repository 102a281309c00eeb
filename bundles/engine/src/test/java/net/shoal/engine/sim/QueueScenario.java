package net.shoal.engine.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.shoal.api.transfer.TransferChange.Queue.Place;
import net.shoal.engine.queue.Pace;
import net.shoal.engine.queue.QueueLimits;
import net.shoal.engine.queue.Standing;
import net.shoal.engine.queue.Standing.Kind;
import net.shoal.engine.queue.Standing.Load;
import net.shoal.engine.queue.Ticket;
import net.shoal.engine.queue.TransferQueue;
import org.junit.jupiter.api.Test;

/** The queue of a node over hours, with transfers that come to nothing but their rates. */
class QueueScenario {
    private static final long MIB = 1 << 20;

    private final Timeline time = new Timeline();
    private QueueLimits limits = new QueueLimits(2, 0, 0);
    private final TransferQueue queue = new TransferQueue(time, () -> limits);
    private final List<Job> jobs = new ArrayList<>();

    /** A transfer: so many bytes, at this rate while it is at work. */
    private final class Job implements Ticket.Owner {
        private final Ticket ticket;
        private long left;
        private long rate;
        private boolean paused;
        private boolean forced;
        private boolean failed;
        private boolean slow;
        private Pace pace = new Pace(0);
        private boolean active;
        private int starts;

        Job(long left, long rate) {
            this.left = left;
            this.rate = rate;
            this.ticket = queue.join(standing(), this);
            update();
            jobs.add(this);
        }

        private Standing standing() {
            var load = failed ? Load.NONE : slow ? Load.SLOW : Load.FULL;
            var standing = new Standing(true, left > 0 ? Kind.DOWNLOAD : Kind.SEED, forced, load);
            return paused ? standing.idle() : standing;
        }

        void update() {
            work(ticket.stand(standing()));
        }

        private void work(boolean now) {
            if (now && !active) {
                starts++;
                pace = new Pace(time.nanoTime());
            }
            slow &= now;
            active = now;
        }

        @Override
        public void onTurn() {
            time.execute(() -> work(ticket.hasTurn()));
        }

        @Override
        public void onPlace(long place) {}

        void tick() {
            if (active) {
                left = Math.max(0, left - rate);
                slow = pace.update(failed ? 0 : rate, time.nanoTime());
                update();
            }
        }
    }

    private void run(Duration span) {
        for (int i = 0; i < span.toSeconds(); i++) {
            time.runFor(Duration.ofSeconds(1));
            jobs.forEach(Job::tick);
        }
        time.runFor(Duration.ofMillis(100));
    }

    private List<Integer> active() {
        var active = new ArrayList<Integer>();
        for (int i = 0; i < jobs.size(); i++) {
            if (jobs.get(i).active) {
                active.add(i);
            }
        }
        return active;
    }

    private void jobs(int count, long rate) {
        for (int i = 0; i < count; i++) {
            new Job(10 * MIB, rate);
        }
    }

    @Test
    void asManyAsMayDownloadDoInOrderAndOthersFollowAsTheyEnd() {
        jobs(4, 100_000);
        run(Duration.ofSeconds(1));
        assertThat(active()).containsExactly(0, 1);
        run(Duration.ofMinutes(2));
        assertThat(active()).as("the first two seed").containsExactly(0, 1, 2, 3);
        assertThat(jobs).allMatch(job -> job.starts == 1);
    }

    @Test
    void slowOnesDoNotKeepOthersWaitingAndFindTheirPlaceAgain() {
        jobs(2, 100);
        jobs(3, 20_000);
        run(Duration.ofSeconds(30));
        assertThat(active()).containsExactly(0, 1);
        run(Duration.ofSeconds(40));
        assertThat(active()).as("beside the slow ones").containsExactly(0, 1, 2, 3);
        jobs.get(0).rate = 20_000;
        run(Duration.ofSeconds(70));
        assertThat(active()).as("one is fast again, so the last has to wait").containsExactly(0, 1, 2);
    }

    @Test
    void allTogetherAreBoundedSlowOrNot() {
        limits = new QueueLimits(2, 0, 3);
        jobs(6, 100);
        run(Duration.ofMinutes(10));
        assertThat(active()).containsExactly(0, 1, 2);
    }

    @Test
    void oneThatHasFailedBlocksNobody() {
        jobs(4, 20_000);
        run(Duration.ofSeconds(2));
        jobs.get(0).failed = true;
        jobs.get(0).update();
        run(Duration.ofSeconds(2));
        assertThat(active()).containsExactly(0, 1, 2);
        jobs.get(0).failed = false;
        jobs.get(0).update();
        run(Duration.ofSeconds(2));
        assertThat(active()).containsExactly(0, 1);
    }

    @Test
    void oneThatIsForcedIsAtWorkBesideTheOthers() {
        jobs(4, 20_000);
        run(Duration.ofSeconds(1));
        jobs.get(3).forced = true;
        jobs.get(3).update();
        assertThat(active()).as("at once").containsExactly(0, 1, 3);
        jobs.get(3).forced = false;
        jobs.get(3).update();
        run(Duration.ofSeconds(1));
        assertThat(active()).containsExactly(0, 1);
    }

    @Test
    void pausedOnesKeepTheirPlace() {
        jobs(3, 20_000);
        run(Duration.ofSeconds(1));
        jobs.get(0).paused = true;
        jobs.get(0).update();
        run(Duration.ofSeconds(1));
        assertThat(active()).containsExactly(1, 2);
        jobs.get(0).paused = false;
        jobs.get(0).update();
        run(Duration.ofSeconds(1));
        assertThat(active()).containsExactly(0, 1);
    }

    @Test
    void placesCanBeChanged() {
        jobs(4, 20_000);
        run(Duration.ofSeconds(1));
        jobs.get(3).ticket.move(Place.TOP);
        run(Duration.ofSeconds(1));
        assertThat(active()).containsExactly(0, 3);
        assertThat(jobs.get(3).ticket.position()).isZero();
        jobs.get(0).ticket.move(Place.DOWN);
        run(Duration.ofSeconds(1));
        assertThat(active()).containsExactly(1, 3);
        jobs.get(3).ticket.move(Place.BOTTOM);
        jobs.get(2).ticket.move(Place.UP);
        run(Duration.ofSeconds(1));
        assertThat(active()).containsExactly(1, 2);
    }

    @Test
    void upGoesPastTheNextOfTheSameKind() {
        new Job(10 * MIB, 20_000);
        new Job(0, 0);
        new Job(0, 0);
        new Job(10 * MIB, 20_000);
        limits = new QueueLimits(1, 0, 0);
        queue.limitsChanged();
        run(Duration.ofSeconds(1));
        jobs.get(3).ticket.move(Place.UP);
        run(Duration.ofSeconds(1));
        assertThat(jobs.get(3).ticket.position()).isZero();
        assertThat(active()).containsExactly(1, 2, 3);
    }

    @Test
    void limitsHoldFromTheMomentTheyChange() {
        jobs(5, 20_000);
        run(Duration.ofSeconds(1));
        limits = new QueueLimits(4, 0, 0);
        queue.limitsChanged();
        run(Duration.ofSeconds(1));
        assertThat(active()).containsExactly(0, 1, 2, 3);
        limits = new QueueLimits(1, 0, 0);
        queue.limitsChanged();
        run(Duration.ofSeconds(1));
        assertThat(active()).containsExactly(0);
    }

    @Test
    void tenThousandCostNextToNothing() {
        limits = new QueueLimits(100, 50, 0);
        long begin = System.nanoTime();
        jobs(10_000, 20_000);
        for (int i = 0; i < 10_000; i++) {
            jobs.get(i).paused = true;
            jobs.get(i).update();
        }
        for (int i = 9_999; i >= 0; i--) {
            jobs.get(i).paused = false;
            jobs.get(i).update();
        }
        time.runFor(Duration.ofSeconds(1));
        assertThat(active()).hasSize(100).endsWith(99);
        assertThat(Duration.ofNanos(System.nanoTime() - begin))
                .as("30,000 changes; a pass for each would take minutes")
                .isLessThan(Duration.ofSeconds(10));
    }
}
