package net.shoal.engine.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import net.shoal.api.transfer.AddRequest.Existing;
import net.shoal.api.transfer.ContentLocation;
import net.shoal.api.transfer.TransferLimits;
import net.shoal.api.transfer.TransferState;
import net.shoal.api.transfer.TransferState.Paused.Why;
import net.shoal.api.transfer.TransferStatus;
import net.shoal.api.transfer.Visibility;
import net.shoal.base.model.InfoHash;
import net.shoal.base.model.InfoHashes;
import net.shoal.base.model.Sha1Hash;
import net.shoal.engine.queue.QueueLimits;
import org.junit.jupiter.api.Test;

class SeedLimitsTest {
    private static final TransferSettings NODE = new TransferSettings(QueueLimits.NONE, 2.0, Duration.ofMinutes(10));

    private final TransferFacts facts = new TransferFacts(
            new InfoHashes(Optional.of(new InfoHash.V1(new Sha1Hash(1, 2, 3))), Optional.empty()),
            ContentLocation.in(Path.of("/anywhere")));
    private final SeedLimits limits = new SeedLimits(facts);
    private long uploaded;
    private long now;

    private Optional<Why> after(Duration span, TransferSettings settings) {
        Optional<Why> reached = Optional.empty();
        for (long i = 0; i < span.toSeconds() && reached.isEmpty(); i++) {
            now += 1_000_000_000L;
            reached = limits.reached(status(), settings, now);
        }
        return reached;
    }

    private TransferStatus status() {
        return new TransferStatus(
                facts.hashes,
                "",
                new TransferState.Seeding(),
                1000,
                1000,
                1000,
                0,
                0,
                1000,
                uploaded,
                0,
                0,
                0,
                OptionalLong.empty(),
                Path.of("/anywhere"),
                Visibility.LINK,
                facts.isSharedInPlace(),
                Instant.EPOCH,
                Optional.of(Instant.EPOCH));
    }

    @Test
    void withoutLimitsItSeedsForEver() {
        uploaded = 1_000_000;
        assertThat(after(Duration.ofDays(1), TransferSettings.NONE)).isEmpty();
    }

    @Test
    void theNodesRatioEndsADownload() {
        uploaded = 1999;
        assertThat(after(Duration.ofSeconds(1), NODE)).isEmpty();
        uploaded = 2000;
        assertThat(after(Duration.ofSeconds(1), NODE)).contains(Why.RATIO);
    }

    @Test
    void itsOwnLimitsComeFirst() {
        uploaded = 5000;
        facts.limits =
                new TransferLimits(0, 0, 0, OptionalDouble.of(Double.POSITIVE_INFINITY), Optional.of(Duration.ZERO));
        assertThat(after(Duration.ofHours(1), NODE)).isEmpty();
        facts.limits = new TransferLimits(0, 0, 0, OptionalDouble.of(4), Optional.empty());
        assertThat(after(Duration.ofSeconds(1), NODE)).contains(Why.RATIO);
    }

    @Test
    void anUploadBeginsIdleTimeAnew() {
        assertThat(after(Duration.ofMinutes(9), NODE)).isEmpty();
        uploaded += 1;
        assertThat(after(Duration.ofMinutes(9), NODE)).isEmpty();
        assertThat(after(Duration.ofMinutes(2), NODE)).contains(Why.IDLE);
    }

    @Test
    void idleTimeGoesOnAfterARestartAndTimeInWhichItDidNotSeedDoesNotCount() {
        assertThat(after(Duration.ofMinutes(6), NODE)).isEmpty();
        now += Duration.ofDays(3).toNanos();
        assertThat(after(Duration.ofMinutes(3), NODE)).isEmpty();
        assertThat(after(Duration.ofMinutes(2), NODE)).contains(Why.IDLE);
    }

    @Test
    void whatIsSharedHasNoLimitsButItsOwn() {
        facts.existing = Existing.TRUSTED;
        uploaded = 100_000;
        assertThat(after(Duration.ofHours(1), NODE)).isEmpty();
        facts.limits = new TransferLimits(0, 0, 0, OptionalDouble.of(4), Optional.empty());
        assertThat(after(Duration.ofSeconds(1), NODE)).contains(Why.RATIO);
    }

    @Test
    void aUserWhoResumesItHasItSeedOn() {
        facts.seedsOn = true;
        uploaded = 100_000;
        assertThat(after(Duration.ofHours(1), NODE)).isEmpty();
    }
}
