package net.shoal.ui.shell;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for what the engine does elsewhere, and says in words how it failed. */
final class Waiting {
    /** Answers come from event loops, which answer within milliseconds or have a problem. */
    private static final long BRIEFLY_SECONDS = 10;

    private Waiting() {}

    static <T> T briefly(CompletionStage<T> stage) throws CommandException, InterruptedException {
        try {
            return stage.toCompletableFuture().get(BRIEFLY_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | CancellationException e) {
            throw failure(e);
        } catch (TimeoutException e) {
            throw new CommandException("failed", "the transfer does not answer", "try again; `doctor` may tell more");
        }
    }

    static CommandException failure(Throwable thrown) {
        var cause = thrown;
        while ((cause instanceof ExecutionException || cause instanceof CompletionException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        if (cause instanceof CommandException known) {
            return known;
        }
        var message = cause.getMessage();
        return new CommandException("failed", message == null ? cause.toString() : message, "");
    }
}
