package net.shoal.automation.command;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs programs, few at once and none for ever; each has a thread that reads what it says. Safe for use from any thread. */
final class CommandRuns implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CommandRuns.class);
    private static final int MAX_WAITING = 1_000;
    private static final long LOOK_MILLIS = 50;
    private static final long GRACE_MILLIS = 2_000;
    private static final long IDLE_SECONDS = 10;
    private static final long STOP_SECONDS = 4;
    /** All that a program learns of ours: where things are, and which language is spoken. */
    private static final List<String> ENVIRONMENT = List.of(
            "PATH",
            "HOME",
            "USER",
            "LOGNAME",
            "LANG",
            "LC_ALL",
            "LC_CTYPE",
            "TZ",
            "TMPDIR",
            "SystemRoot",
            "SystemDrive",
            "TEMP",
            "TMP",
            "USERPROFILE",
            "APPDATA",
            "LOCALAPPDATA",
            "PATHEXT");

    private final Path directory;
    private final ThreadPoolExecutor threads;
    private volatile Optional<String> lastFailure = Optional.empty();
    private final AtomicInteger count = new AtomicInteger();

    /** @param directory what the programs begin in: a folder that nothing downloaded is in */
    CommandRuns(Path directory, int atOnce) {
        this.directory = directory;
        var number = new AtomicInteger();
        threads = new ThreadPoolExecutor(
                atOnce,
                atOnce,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(MAX_WAITING),
                task -> new Thread(task, "shoal-command-" + number.incrementAndGet()));
        threads.allowCoreThreadTimeOut(true);
    }

    /** @return at once, a stage that is done when the program has ended, however it did */
    CompletionStage<Void> begin(List<String> command, Duration timeout, String label) {
        try {
            return CompletableFuture.runAsync(() -> run(command, timeout, label), threads);
        } catch (RejectedExecutionException e) {
            failed("No command is run for " + label + ": too many wait already, or the node stops");
            return CompletableFuture.completedStage(null);
        }
    }

    /** From now on so many. */
    void atOnce(int number) {
        // never a core above the maximum
        threads.setCorePoolSize(Math.min(number, threads.getMaximumPoolSize()));
        threads.setMaximumPoolSize(number);
        threads.setCorePoolSize(number);
    }

    int count() {
        return count.get();
    }

    Optional<String> lastFailure() {
        return lastFailure;
    }

    private void run(List<String> command, Duration timeout, String label) {
        count.incrementAndGet();
        try {
            var process = start(command);
            try {
                follow(process, timeout, label);
            } finally {
                end(process);
            }
        } catch (IOException e) {
            failed("The command for " + label + " does not start: " + e.getMessage());
        } catch (InterruptedException e) {
            failed("The command for " + label + " was ended: the node stops");
            Thread.currentThread().interrupt();
        }
    }

    private Process start(List<String> command) throws IOException {
        var builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(nothing()));
        var inherited = Map.copyOf(builder.environment());
        builder.environment().clear();
        ENVIRONMENT.stream().filter(inherited::containsKey).forEach(name -> builder.environment()
                .put(name, inherited.getOrDefault(name, "")));
        return builder.start();
    }

    private static File nothing() {
        return new File(File.separatorChar == '/' ? "/dev/null" : "NUL");
    }

    /** Never blocks in a read: a grandchild that nobody knows of may hold the other end. */
    private void follow(Process process, Duration timeout, String label) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        var output = new CommandOutput();
        var buffer = new byte[8 * 1024];
        var in = process.getInputStream();
        while (process.isAlive() || in.available() > 0) {
            int available = in.available();
            if (available > 0) {
                output.add(buffer, in.read(buffer, 0, Math.min(available, buffer.length)));
            } else {
                process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS);
            }
            if (System.nanoTime() - begin > timeout.toNanos()) {
                tell(label, output);
                failed("The command for " + label + " is ended after " + timeout.toSeconds() + " s");
                return;
            }
        }
        tell(label, output);
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
        if (process.exitValue() == 0) {
            LOG.info("The command for {} is done after {} ms", label, millis);
        } else {
            failed("The command for " + label + " ended with status " + process.exitValue());
        }
    }

    private static void tell(String label, CommandOutput output) {
        var lines = output.lines();
        lines.forEach(line -> LOG.info("{}: {}", label, line));
        if (output.bytes() > 0) {
            LOG.debug(
                    "The command for {} said {} bytes, of which {} lines are in the log",
                    label,
                    output.bytes(),
                    lines.size());
        }
    }

    private void failed(String message) {
        lastFailure = Optional.of(message);
        LOG.warn("{}", message);
    }

    /** With all that it started. */
    private static void end(Process process) {
        if (process.isAlive()) {
            var all = process.descendants().toList();
            process.destroy();
            all.forEach(ProcessHandle::destroy);
            boolean wasInterrupted = Thread.interrupted();
            try {
                if (!process.waitFor(GRACE_MILLIS, TimeUnit.MILLISECONDS)) {
                    process.destroyForcibly();
                }
            } catch (InterruptedException e) {
                process.destroyForcibly();
                wasInterrupted = true;
            }
            all.forEach(ProcessHandle::destroyForcibly);
            if (wasInterrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Ends what runs and waits for it. */
    @Override
    public void close() throws InterruptedException {
        threads.shutdownNow();
        threads.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS);
    }
}
