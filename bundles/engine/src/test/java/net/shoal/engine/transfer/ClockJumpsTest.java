package net.shoal.engine.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import net.shoal.api.transfer.AddRequest.Existing;
import net.shoal.api.transfer.AddRequest.Source;
import net.shoal.base.metainfo.CreateOptions.Format;
import org.junit.jupiter.api.Test;

/** The calendar clock jumps by an hour and by a year, both ways, whenever it is looked at: nothing but what users are shown goes by it. */
class ClockJumpsTest extends EnginesTest {
    private static final int SIZE = 4 << 20;
    private static final int PIECE = 64 << 10;
    private static final Duration YEAR = Duration.ofDays(365);

    @Test
    void aTransferGoesOnAndIsSavedAndServed() throws IOException {
        var seeder = engine("a", new Jumping(new Random(1)));
        var file = file("in/file.bin", SIZE);
        var metainfo = share(seeder, file, Format.HYBRID, PIECE);
        var leecher = engine("b", new Jumping(new Random(2)));
        var transfer =
                leecher.add(new Source.Torrent(metainfo), dir("out"), Existing.KEEP_VERIFIED, seeder.network.address());
        awaitState(transfer, "seeding");
        assertThat(folder.resolve("out/file.bin")).hasSameBinaryContentAs(file);
        stop(leecher);
        stop(seeder);
        for (var offset : List.of(YEAR.negated(), YEAR)) {
            var again = engine("b", Clock.offset(Clock.systemUTC(), offset));
            var restored = again.engine.list().get(0);
            awaitState(restored, "seeding");
            assertThat(restored.status().done()).isEqualTo(SIZE);
            stop(again);
        }
    }

    @Test
    void whatWasHalfDownloadedIsStillBelievedAYearBefore() throws IOException {
        var file = file("in/file.bin", SIZE);
        var seeder = engine("a");
        var metainfo = share(seeder, file, Format.V1, PIECE);
        var partial = engine("b", Clock.offset(Clock.systemUTC(), YEAR));
        var transfer =
                partial.add(new Source.Torrent(metainfo), dir("out"), Existing.KEEP_VERIFIED, seeder.network.address());
        awaitState(transfer, "seeding");
        stop(partial);
        stop(seeder);
        var again = engine("b", Clock.offset(Clock.systemUTC(), YEAR.negated()));
        awaitDone(again.engine.list().get(0), SIZE);
    }

    private static final class Jumping extends Clock {
        private static final List<Duration> JUMPS =
                List.of(Duration.ZERO, Duration.ofHours(1), Duration.ofHours(-1), YEAR, YEAR.negated());

        private final Random random;

        Jumping(Random random) {
            this.random = random;
        }

        @Override
        public Instant instant() {
            return Instant.now().plus(JUMPS.get(random.nextInt(JUMPS.size())));
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }
    }
}
