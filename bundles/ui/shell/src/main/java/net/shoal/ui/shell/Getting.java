package net.shoal.ui.shell;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Optional;
import net.shoal.api.transfer.Transfer;
import net.shoal.api.transfer.TransferChange;
import net.shoal.api.transfer.TransferState;
import net.shoal.api.transfer.TransferStatus;
import net.shoal.base.command.Reply;
import net.shoal.base.command.Values;

/** One transfer that somebody waits for. */
final class Getting {
    private static final long PROGRESS_MILLIS = 200;
    /** How long what had failed may take to fail again. */
    private static final long AGAIN_NANOS = 3_000_000_000L;

    private final Services services;
    private final Transfer transfer;
    private final Call call;
    private final Optional<Duration> timeout;
    private final long begin = System.nanoTime();
    private Optional<TransferState> before = Optional.empty();

    Getting(Services services, Transfer transfer, Call call) {
        this.services = services;
        this.transfer = transfer;
        this.call = call;
        this.timeout = call.invocation().value("--timeout").map(Values::duration);
    }

    /** What stands still, and is not whole, is to go on. */
    void goOn() throws CommandException, InterruptedException {
        var status = transfer.status();
        boolean stands =
                status.state() instanceof TransferState.Paused || status.state() instanceof TransferState.Failed;
        if (stands && !isComplete(status)) {
            before = Optional.of(status.state());
            Waiting.briefly(transfer.change(new TransferChange.Resume()));
        }
    }

    /** @return false if the caller went before it was done */
    boolean await() throws CommandException, InterruptedException {
        var progressing = new Progressing(transfer);
        try (var news = services.news().subscribe()) {
            while (!call.isDetached()) {
                var status = transfer.status();
                if (isComplete(status)) {
                    call.reply(result(status));
                    return true;
                }
                failIfHopeless(status);
                failIfLate();
                call.reply(progressing.next(status));
                news.next(PROGRESS_MILLIS);
            }
            return false;
        }
    }

    /** All that is wanted is there, though it may wait for its turn to seed, or have seeded enough. */
    private static boolean isComplete(TransferStatus status) {
        boolean isWhole = status.completed().isPresent() && status.wanted() > 0 && status.done() >= status.wanted();
        boolean restsAfterwards = status.state() instanceof TransferState.Queued
                || (status.state() instanceof TransferState.Paused paused
                        && paused.why() != TransferState.Paused.Why.USER);
        return status.state() instanceof TransferState.Seeding || (isWhole && restsAfterwards);
    }

    private void failIfHopeless(TransferStatus status) throws CommandException {
        boolean isOld = before.filter(status.state()::equals).isPresent() && System.nanoTime() - begin < AGAIN_NANOS;
        if (status.state() instanceof TransferState.Failed failed && !isOld) {
            throw new CommandException("failed", failed.reason(), failed.hint());
        }
        if (!services.engine().list().contains(transfer)) {
            throw new CommandException("failed", status.name() + " was cancelled", "the same command begins anew");
        }
    }

    private void failIfLate() throws CommandException {
        if (timeout.isPresent() && System.nanoTime() - begin > timeout.get().toNanos()) {
            throw new CommandException(
                    "timeout",
                    "it is not complete in the time given",
                    "what is there is kept: the same command resumes");
        }
    }

    private static Reply.Result result(TransferStatus status) {
        var row = new LinkedHashMap<String, Object>();
        row.put("id", status.hashes().hex());
        row.put("name", status.name());
        row.put("size", status.total());
        row.put("done", status.done());
        row.put("downloaded", status.downloaded());
        row.put("path", status.path().toString());
        return new Reply.Result(row);
    }
}
