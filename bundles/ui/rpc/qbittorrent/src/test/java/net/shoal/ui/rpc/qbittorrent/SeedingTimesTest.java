package net.shoal.ui.rpc.qbittorrent;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import net.shoal.api.transfer.TransferChange;
import net.shoal.api.transfer.TransferState;
import net.shoal.api.transfer.TransferState.Paused.Why;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SeedingTimesTest {
    @TempDir
    Path folder;

    private FakeNode node;
    private FakeTransfer alpha;

    @BeforeEach
    void begin() throws Exception {
        node = new FakeNode(folder);
        alpha = node.engine.with(FakeTransfer.of('a', "alpha"));
    }

    private void looks(int times) throws ApiException {
        for (int i = 0; i < times; i++) {
            node.nanos.addAndGet(SeedingTimes.LOOK.toNanos());
            node.times.look();
        }
    }

    private long seeded() {
        return node.times.of(alpha, alpha.status());
    }

    @Test
    void endsWhenTheTimeIsOverAndNotBefore() throws Exception {
        node.times.end(alpha, 2);
        looks(20);
        assertThat(seeded()).as("it downloads").isZero();
        alpha.seeding();
        looks(7);
        assertThat(alpha.changes).isEmpty();
        looks(1);
        assertThat(alpha.changes).containsExactly(new TransferChange.Pause());
        assertThat(seeded()).isEqualTo(120);
    }

    @Test
    void countsNoPauseAndNoSleepOfTheMachine() throws Exception {
        node.times.end(alpha, 60);
        alpha.seeding();
        looks(4);
        alpha.state = new TransferState.Paused(Why.USER);
        looks(100);
        assertThat(seeded()).isEqualTo(60);
        alpha.seeding();
        node.nanos.addAndGet(Duration.ofHours(9).toNanos());
        node.times.look();
        assertThat(seeded()).isEqualTo(90);
    }

    @Test
    void countsWhatWasSeededBeforeAnybodyAsked() throws Exception {
        alpha.seeding();
        assertThat(seeded()).as("an hour since it was complete").isEqualTo(3_600);
        node.times.end(alpha, 61);
        looks(3);
        assertThat(alpha.changes).isEmpty();
        looks(1);
        assertThat(alpha.changes).containsExactly(new TransferChange.Pause());
    }

    @Test
    void isKept() throws Exception {
        node.times.end(alpha, 60);
        alpha.seeding();
        looks(8);
        node.times.keep();
        assertThat(Labels.load(folder.resolve("labels.json")).of(alpha.hashes()).seededSeconds())
                .isEqualTo(120);
        assertThat(seeded()).isEqualTo(120);
    }
}
