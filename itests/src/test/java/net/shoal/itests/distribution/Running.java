package net.shoal.itests.distribution;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** Processes a test started. Each is ended by closing it, at the latest when this JVM ends. */
public final class Running {
    private static final long TERM_SECONDS = 10;

    private Running() {}

    /** Starts it and sees to it that it does not outlive this JVM. */
    public static Process start(ProcessBuilder builder) {
        try {
            var process = builder.start();
            var reaper = new Thread(process::destroyForcibly, "reaper of " + process.pid());
            Runtime.getRuntime().addShutdownHook(reaper);
            var unused = process.onExit().thenRun(() -> forget(reaper));
            return process;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static void end(Process process) {
        process.destroy();
        try {
            if (!process.waitFor(TERM_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    /** What a process wrote to a file, for the message of a failed assertion. */
    public static String tail(Path log) {
        try {
            var text = Files.readString(log);
            return text.substring(Math.max(0, text.length() - 4000));
        } catch (IOException e) {
            return "(" + log + " cannot be read: " + e.getMessage() + ")";
        }
    }

    /** For messages only. */
    static String text(Callable<String> source) {
        try {
            return source.call();
        } catch (Exception e) {
            return e.toString();
        }
    }

    /** A condition awaited by polling, for what cannot call back. */
    public static void await(String what, long seconds, Callable<Boolean> condition) {
        Awaitility.await(what)
                .atMost(seconds, TimeUnit.SECONDS)
                .pollInterval(20, TimeUnit.MILLISECONDS)
                .until(condition);
    }

    private static void forget(Thread reaper) {
        try {
            Runtime.getRuntime().removeShutdownHook(reaper);
        } catch (IllegalStateException e) {
            // this JVM is ending: the hook runs anyway
        }
    }
}
