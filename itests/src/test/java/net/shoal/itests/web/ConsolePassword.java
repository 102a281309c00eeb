package net.shoal.itests.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import net.shoal.itests.distribution.Distribution;
import net.shoal.itests.distribution.NodeProcess;
import net.shoal.itests.distribution.Running;

/** The password of a node's console, set as a user does. */
final class ConsolePassword {
    private static final int SECONDS = 60;

    private ConsolePassword() {}

    static void set(NodeProcess node, String password) throws IOException, InterruptedException {
        var log = node.home().resolveSibling("set.log");
        var process = new ProcessBuilder(
                        Distribution.ofThisBuild().launcher().toString(),
                        "console",
                        "--password",
                        "--home",
                        node.home().toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        var running = Running.start(process);
        try (var in = running.getOutputStream()) {
            in.write((password + "\n").getBytes(StandardCharsets.UTF_8));
        }
        assertThat(running.waitFor(SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(running.exitValue()).as(Running.tail(log)).isZero();
    }
}
