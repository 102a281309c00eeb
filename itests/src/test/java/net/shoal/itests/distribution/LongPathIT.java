package net.shoal.itests.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two packaged nodes with a long fat line between them: 150 Mbit/s, 80 ms there and back. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class LongPathIT {
    private static final int SIZE = 32 << 20;
    private static final long RATE = 150_000_000 / 8;
    private static final long ONE_WAY_MILLIS = 40;
    /** What fits into the line: with less under way it cannot be full. */
    private static final long FULL = RATE * 2 * ONE_WAY_MILLIS / 1000;

    @TempDir
    Path folder;

    @Test
    void moreIsUnderWayThanTheLineHolds() throws IOException {
        var bytes = new byte[SIZE];
        new Random(11).nextBytes(bytes);
        var film = Files.write(folder.resolve("film.bin"), bytes);
        try (var node = NodeProcess.start(folder.resolve("a"), "--listen", "127.0.0.1:0", "--net", "loopback");
                var line = new SlowLine(node.address(), ONE_WAY_MILLIS, RATE)) {
            var lines = new CommandLines(folder);
            // its link would name the way around the line
            lines.ok("share", "film.bin", "--home", "a", "--save", "film.torrent");
            lines.ok("get", "film.torrent", "--home", "b", "--to", "copy", "--peer", line.address());
            assertThat(folder.resolve("copy/film.bin")).hasSameBinaryContentAs(film);
            assertThat(line.mostUnderWay()).isGreaterThan(2 * FULL);
        }
    }
}
