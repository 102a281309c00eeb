package net.shoal.ui.rest;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import net.shoal.api.library.FailureText;

/** Waits for what the engine does elsewhere, and says in words how it failed. */
final class Waiting {
    /** Answers come from event loops, which answer within milliseconds or have a problem. */
    private static final long BRIEFLY_SECONDS = 10;

    private Waiting() {}

    static <T> T briefly(CompletionStage<T> stage) throws ApiException, InterruptedException {
        try {
            return stage.toCompletableFuture().get(BRIEFLY_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | CancellationException e) {
            throw failure(e);
        } catch (TimeoutException e) {
            throw ApiException.of(
                    503, "timeout", "the transfer does not answer", "try again; the doctor may tell more");
        }
    }

    /** For what may take long: false if it is still under way after that time. */
    static boolean within(CompletionStage<?> stage, long millis) throws ApiException, InterruptedException {
        try {
            stage.toCompletableFuture().get(millis, TimeUnit.MILLISECONDS);
            return true;
        } catch (ExecutionException | CancellationException e) {
            throw failure(e);
        } catch (TimeoutException e) {
            return false;
        }
    }

    static ApiException failure(Throwable thrown) {
        return FailureText.cause(thrown) instanceof ApiException known
                ? known
                : ApiException.failed(FailureText.message(thrown), FailureText.hint(thrown));
    }
}
