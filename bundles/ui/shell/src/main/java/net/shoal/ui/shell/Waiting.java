package net.shoal.ui.shell;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import net.shoal.api.library.FailureText;
import net.shoal.api.transfer.Transfer;
import net.shoal.api.transfer.TransferState;

/** Waits for what the engine does elsewhere, and says in words how it failed. */
final class Waiting {
    /** Answers come from event loops, which answer within milliseconds or have a problem. */
    private static final long BRIEFLY_SECONDS = 10;

    private static final long PROGRESS_MILLIS = 200;

    private Waiting() {}

    static <T> T briefly(CompletionStage<T> stage) throws CommandException, InterruptedException {
        return upTo(BRIEFLY_SECONDS, stage);
    }

    static <T> T upTo(long seconds, CompletionStage<T> stage) throws CommandException, InterruptedException {
        try {
            return stage.toCompletableFuture().get(seconds, TimeUnit.SECONDS);
        } catch (ExecutionException | CancellationException e) {
            throw failure(e);
        } catch (TimeoutException e) {
            throw new CommandException("failed", "the transfer does not answer", "try again; `doctor` may tell more");
        }
    }

    /** However long it takes, with progress, or until the caller goes: it is carried on then. */
    static void with(CompletionStage<Void> stage, Transfer transfer, Call call)
            throws CommandException, InterruptedException {
        var done = stage.toCompletableFuture();
        var progressing = new Progressing(transfer);
        while (!call.isDetached()) {
            try {
                done.get(PROGRESS_MILLIS, TimeUnit.MILLISECONDS);
                return;
            } catch (TimeoutException e) {
                call.reply(progressing.next(transfer.status()));
            } catch (ExecutionException | CancellationException e) {
                throw failure(e);
            }
        }
    }

    static void untilMoved(Transfer transfer, Call call) throws CommandException, InterruptedException {
        var progressing = new Progressing(transfer);
        while (transfer.status().state() instanceof TransferState.Moving && !call.isDetached()) {
            call.reply(progressing.next(transfer.status()));
            Thread.sleep(PROGRESS_MILLIS);
        }
        if (transfer.status().state() instanceof TransferState.Failed failed) {
            throw new CommandException("failed", failed.reason(), failed.hint());
        }
    }

    static CommandException failure(Throwable thrown) {
        return FailureText.cause(thrown) instanceof CommandException known
                ? known
                : new CommandException("failed", FailureText.message(thrown), FailureText.hint(thrown));
    }
}
