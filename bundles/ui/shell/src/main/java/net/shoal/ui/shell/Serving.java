package net.shoal.ui.shell;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import net.shoal.api.transfer.Transfer;

/** A temporary node serves as long as the command that started it stays. */
final class Serving {
    private static final long PROGRESS_MILLIS = 1_000;

    private Serving() {}

    static void untilDetached(List<Transfer> transfers, Call call) throws InterruptedException {
        var progress = transfers.stream().map(Progressing::new).toList();
        for (int i = 0; !call.isDetached(); i = (i + 1) % transfers.size()) {
            call.reply(progress.get(i).next(transfers.get(i).status()));
            try {
                call.detached().get(PROGRESS_MILLIS, TimeUnit.MILLISECONDS);
            } catch (TimeoutException | ExecutionException e) {
                // still here: on to the next
            }
        }
    }
}
