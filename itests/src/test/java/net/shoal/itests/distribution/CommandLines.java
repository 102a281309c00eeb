package net.shoal.itests.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;

/** Commands of the packaged launcher, given one after the other in this folder. */
record CommandLines(Path folder) {
    /** What it prints when it succeeds. */
    String ok(String... args) throws IOException {
        try (var run = CommandRun.shoal(folder, args)) {
            assertThat(run.status())
                    .as(() -> String.join(" ", args) + ": " + Running.text(run::err))
                    .isZero();
            return run.out();
        }
    }

    /** What it says when it fails in this way. */
    String refused(int status, String... args) throws IOException {
        try (var run = CommandRun.shoal(folder, args)) {
            assertThat(run.status()).as(String.join(" ", args)).isEqualTo(status);
            assertThat(run.err()).doesNotContain("Exception", "\tat ");
            return run.err();
        }
    }
}
