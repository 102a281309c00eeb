package net.shoal.ui.rpc.transmission;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import net.shoal.api.library.FailureText;

/** Waits for what the engine does elsewhere, for less long than programs wait for us. */
final class Waiting {
    /** Answers come from event loops, which answer within milliseconds or have a problem. */
    private static final long BRIEFLY_MILLIS = 10_000;

    private Waiting() {}

    static <T> T briefly(CompletionStage<T> stage) throws RpcException, InterruptedException {
        return atMost(BRIEFLY_MILLIS, stage, "the transfer does not answer; the doctor of the console may tell more");
    }

    /** @param late what to say if it is not done by then */
    static <T> T atMost(long millis, CompletionStage<T> stage, String late) throws RpcException, InterruptedException {
        try {
            return stage.toCompletableFuture().get(millis, TimeUnit.MILLISECONDS);
        } catch (ExecutionException | CancellationException e) {
            throw new RpcException(FailureText.of(e));
        } catch (TimeoutException e) {
            throw new RpcException(late);
        }
    }

    /** For what goes on by itself: fails if it does so soon. */
    static void begun(long millis, CompletionStage<?> stage) throws RpcException, InterruptedException {
        try {
            stage.toCompletableFuture().get(millis, TimeUnit.MILLISECONDS);
        } catch (ExecutionException | CancellationException e) {
            throw new RpcException(FailureText.of(e));
        } catch (TimeoutException e) {
            // it is on its way
        }
    }
}
