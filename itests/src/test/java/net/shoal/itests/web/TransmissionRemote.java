package net.shoal.itests.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import net.shoal.itests.distribution.Running;

/** Debian's {@code transmission-remote}, steering a node. */
record TransmissionRemote(URI console, String password) {
    private static final int SECONDS = 60;

    /** What it printed, and how it ended. */
    record Outcome(int status, String said) {}

    Outcome run(String... options) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of("transmission-remote", console.getAuthority(), "-n", "me:" + password));
        command.addAll(List.of(options));
        var process = Running.start(new ProcessBuilder(command).redirectErrorStream(true));
        try {
            var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(SECONDS, TimeUnit.SECONDS)).isTrue();
            return new Outcome(process.exitValue(), said);
        } finally {
            Running.end(process);
        }
    }

    /** What it prints when it succeeds. */
    String ok(String... options) throws IOException, InterruptedException {
        var outcome = run(options);
        assertThat(outcome.status())
                .as(String.join(" ", options) + ": " + outcome.said())
                .isZero();
        return outcome.said();
    }

    /** What it says when it does not. */
    String refused(String... options) throws IOException, InterruptedException {
        var outcome = run(options);
        assertThat(outcome.status())
                .as(String.join(" ", options) + ": " + outcome.said())
                .isNotZero();
        return outcome.said();
    }

    void await(String torrent, String fact) {
        Running.await(
                torrent + " " + fact, SECONDS, () -> ok("-t", torrent, "-i").contains(fact));
    }
}
