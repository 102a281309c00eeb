package net.shoal.ui.rpc.qbittorrent;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for what the engine does elsewhere. */
final class Waiting {
    /** Answers come from event loops, which answer within milliseconds or have a problem. */
    static final long BRIEFLY_MILLIS = 10_000;

    private Waiting() {}

    static <T> T briefly(CompletionStage<T> stage) throws ApiException, InterruptedException {
        try {
            return stage.toCompletableFuture().get(BRIEFLY_MILLIS, TimeUnit.MILLISECONDS);
        } catch (ExecutionException | CancellationException e) {
            throw ApiException.failed(e);
        } catch (TimeoutException e) {
            throw ApiException.of(503, "the transfer does not answer; try again");
        }
    }

    /** For what may take long: false if it is still under way after that time. */
    static boolean within(CompletionStage<?> stage, long millis) throws ApiException, InterruptedException {
        try {
            stage.toCompletableFuture().get(Math.max(0, millis), TimeUnit.MILLISECONDS);
            return true;
        } catch (ExecutionException | CancellationException e) {
            throw ApiException.failed(e);
        } catch (TimeoutException e) {
            return false;
        }
    }
}
