package net.shoal.ui.shell;

import java.util.List;
import java.util.Optional;
import net.shoal.api.transfer.Transfer;

/** Does the same to several transfers: one that fails does not keep the others from it. */
final class Each {
    private Each() {}

    /** What is done to one. */
    @FunctionalInterface
    interface Step {
        void run(Transfer transfer) throws CommandException, InterruptedException;
    }

    /** @throws CommandException of the last one that failed; those before have been told */
    static void of(List<Transfer> transfers, Call call, Step step) throws CommandException, InterruptedException {
        Optional<CommandException> failed = Optional.empty();
        for (var transfer : transfers) {
            try {
                step.run(transfer);
            } catch (CommandException e) {
                failed.ifPresent(before -> call.reply(before.reply()));
                failed = Optional.of(
                        transfers.size() == 1 ? e : e.of(transfer.status().name()));
            }
        }
        if (failed.isPresent()) {
            throw failed.get();
        }
    }
}
