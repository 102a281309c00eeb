package net.shoal.api.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

class DescriptorsTest {
    private static final int MORE = 20;

    @Test
    void theLimitIsThatOfTheProcess() throws IOException {
        var limits = Path.of("/proc/self/limits");
        assumeTrue(Files.exists(limits), "skipped: only Linux tells it in /proc");
        var line = Files.readAllLines(limits).stream()
                .filter(candidate -> candidate.startsWith("Max open files"))
                .findFirst()
                .orElseThrow();
        var soft = line.substring("Max open files".length()).strip().replaceFirst("\\s.*", "");
        assertThat(Descriptors.most().orElse(-1)).isEqualTo(soft.equals("unlimited") ? -1 : Long.parseLong(soft));
    }

    @Test
    void whatIsOpenedCounts() throws IOException {
        assumeTrue(Descriptors.open().isPresent(), "skipped: this system does not count them");
        long before = Descriptors.open().getAsLong();
        var doors = new ArrayList<ServerSocket>();
        try {
            for (int i = 0; i < MORE; i++) {
                doors.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
            }
            assertThat(Descriptors.open().getAsLong()).isGreaterThan(before + MORE / 2);
            assertThat(Descriptors.most().orElse(Long.MAX_VALUE))
                    .isGreaterThanOrEqualTo(Descriptors.open().getAsLong());
        } finally {
            for (var door : doors) {
                door.close();
            }
        }
    }
}
