package net.shoal.itests.distribution;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** A packaged node that runs without a terminal, started by the script in {@code bin}. */
public final class NodeProcess implements AutoCloseable {
    private static final int READY_SECONDS = 60;

    private final Path home;
    private final Process process;
    private final JsonNode description;

    private NodeProcess(Path home, Process process, JsonNode description) {
        this.home = home;
        this.process = process;
        this.description = description;
    }

    /** Starts one and waits until it is ready. */
    public static NodeProcess start(Path home, String... options) throws IOException {
        return start(home, UnaryOperator.identity(), options);
    }

    /** @param within puts the command into another one, such as a network namespace's */
    public static NodeProcess start(Path home, UnaryOperator<List<String>> within, String... options)
            throws IOException {
        var command = new ArrayList<>(List.of(
                Distribution.ofThisBuild().launcher().toString(), "run", "--headless", "--home", home.toString()));
        command.addAll(List.of(options));
        if (!command.contains("--console")) {
            command.addAll(List.of("--console", "off"));
        }
        var log = home.resolveSibling(home.getFileName() + ".log");
        Files.createDirectories(log.getParent());
        Files.deleteIfExists(home.resolve("node.json")); // of one that was killed: we wait for the new one
        var process = Running.start(new ProcessBuilder(within.apply(command))
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(log.toFile()));
        return new NodeProcess(home, process, awaitReady(home.resolve("node.json"), process, log));
    }

    private static JsonNode awaitReady(Path marker, Process process, Path log) throws IOException {
        try {
            Running.await("node.json", READY_SECONDS, () -> Files.exists(marker) || !process.isAlive());
        } catch (RuntimeException e) {
            Running.end(process);
            throw new IllegalStateException(
                    "the node is not ready after " + READY_SECONDS + " s:\n" + Running.tail(log), e);
        }
        if (!Files.exists(marker)) {
            throw new IllegalStateException("the node ended with " + process.exitValue() + ":\n" + Running.tail(log));
        }
        return new ObjectMapper().readTree(marker.toFile());
    }

    public Path home() {
        return home;
    }

    public ControlSocket control() {
        return new ControlSocket(Path.of(description.path("control").asText()));
    }

    /** {@code HOST:PORT} where it takes peers. */
    public String address() {
        return description.path("listen").path(0).asText();
    }

    /** Where the web console is; waits until it is open. */
    public URI console() throws IOException {
        var marker = home.resolve("node.json");
        Running.await("the console", READY_SECONDS, () -> isOpen(marker));
        return URI.create(
                new ObjectMapper().readTree(marker.toFile()).path("console").asText());
    }

    private static boolean isOpen(Path marker) throws IOException {
        return !new ObjectMapper()
                .readTree(marker.toFile())
                .path("console")
                .asText("off")
                .equals("off");
    }

    public long pid() {
        return description.path("pid").asLong();
    }

    /** As a power cut would. */
    public void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    /** SIGTERM; gives the exit status. */
    public int stop() {
        Running.end(process);
        return process.exitValue();
    }

    public String log() {
        try (var files = Files.walk(home.resolve("log"))) {
            var logs = files.filter(Files::isRegularFile).map(Running::tail).reduce("", String::concat);
            return Running.tail(home.resolveSibling(home.getFileName() + ".log")) + logs;
        } catch (IOException | UncheckedIOException e) {
            return Running.tail(home.resolveSibling(home.getFileName() + ".log"));
        }
    }

    @Override
    public void close() {
        Running.end(process);
    }
}
