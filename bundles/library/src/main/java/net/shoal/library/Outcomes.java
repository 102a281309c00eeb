package net.shoal.library;

import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import net.shoal.api.transfer.Transfer;
import net.shoal.api.transfer.TransferEvent;
import net.shoal.api.transfer.TransferListener;
import net.shoal.api.transfer.TransferState;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Waits for transfers to get somewhere. A component of its own, needing nothing, so that the engine and the library do not wait for each other. */
@Component(service = {TransferListener.class, Outcomes.class})
public final class Outcomes implements TransferListener {
    private final Set<Waiting> waiting = ConcurrentHashMap.newKeySet();

    @Activate
    public Outcomes() {}

    /** Done with the first state that is a goal; fails if the transfer is removed before. */
    CompletionStage<TransferState> first(Transfer transfer, Predicate<TransferState> goal) {
        var wait = new Waiting(transfer, goal);
        waiting.add(wait);
        check(wait, transfer.status().state()); // it may have been there already, and no event comes
        return wait.outcome;
    }

    @Override
    public void on(TransferEvent event) {
        for (var wait : waiting) {
            if (wait.transfer.equals(event.transfer())) {
                tell(wait, event);
            }
        }
    }

    private void tell(Waiting wait, TransferEvent event) {
        if (event instanceof TransferEvent.StateChanged changed) {
            check(wait, changed.now());
        } else if (event instanceof TransferEvent.Removed) {
            waiting.remove(wait);
            wait.outcome.completeExceptionally(new IllegalArgumentException("the share was cancelled meanwhile"));
        }
    }

    private void check(Waiting wait, TransferState state) {
        if (wait.goal.test(state)) {
            waiting.remove(wait);
            wait.outcome.complete(state);
        }
    }

    private static final class Waiting {
        final Transfer transfer;
        final Predicate<TransferState> goal;
        final CompletableFuture<TransferState> outcome = new CompletableFuture<>();

        Waiting(Transfer transfer, Predicate<TransferState> goal) {
            this.transfer = transfer;
            this.goal = goal;
        }
    }
}
