package net.shoal.itests.distribution;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One command of the packaged launcher, run as a user without a terminal does. */
final class CommandRun implements AutoCloseable {
    private static final long SECONDS = 60;

    private final Process process;
    private final Path out;
    private final Path err;

    private CommandRun(Process process, Path out, Path err) {
        this.process = process;
        this.out = out;
        this.err = err;
    }

    /** Begins {@code bin/shoal ARGS} in this folder, on scope {@code loopback}. */
    static CommandRun shoal(Path folder, String... args) throws IOException {
        var command =
                new ArrayList<>(List.of(Distribution.ofThisBuild().launcher().toString()));
        command.addAll(List.of(args));
        return start(folder, Map.of("SHOAL_NET", "loopback"), command);
    }

    static CommandRun start(Path folder, Map<String, String> environment, List<String> command) throws IOException {
        var out = Files.createTempFile(folder, ".out", "");
        var err = Files.createTempFile(folder, ".err", "");
        var builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().putAll(environment);
        return new CommandRun(Running.start(builder), out, err);
    }

    boolean isAlive() {
        return process.isAlive();
    }

    String out() throws IOException {
        return Files.readString(out, StandardCharsets.UTF_8);
    }

    String err() throws IOException {
        return Files.readString(err, StandardCharsets.UTF_8);
    }

    /** Waits for its end and gives its status. */
    int status() throws IOException {
        try {
            if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("still running after " + SECONDS + " s; it said\n" + out() + err());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
        return process.exitValue();
    }

    /** Waits for the first line of standard output that begins so. */
    String awaitLine(String beginning) throws IOException {
        Running.await(beginning, SECONDS, () -> line(beginning) != null || !isAlive());
        var line = line(beginning);
        if (line == null) {
            throw new AssertionError(
                    "it ended with " + process.exitValue() + " and no line '" + beginning + "…':\n" + out() + err());
        }
        return line;
    }

    private @Nullable String line(String beginning) throws IOException {
        var text = out();
        // a line that is not whole yet is none
        return text.substring(0, text.lastIndexOf('\n') + 1)
                .lines()
                .filter(candidate -> candidate.startsWith(beginning))
                .findFirst()
                .orElse(null);
    }

    /** SIGKILL: no chance to write anything down. */
    void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    @Override
    public void close() {
        Running.end(process);
    }
}
