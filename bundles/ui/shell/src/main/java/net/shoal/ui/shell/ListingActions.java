package net.shoal.ui.shell;

import java.util.Comparator;
import net.shoal.api.transfer.Transfer;
import net.shoal.api.transfer.TransferDetails;
import net.shoal.api.transfer.TransferEngine;
import net.shoal.api.transfer.TransferState;
import net.shoal.base.command.Reply;

/** {@code ls}, {@code show} and {@code peers}. */
final class ListingActions {
    private final TransferEngine engine;
    private final Lookup lookup;

    ListingActions(TransferEngine engine, Lookup lookup) {
        this.engine = engine;
        this.lookup = lookup;
    }

    void ls(Call call) throws CommandException, InterruptedException {
        var transfers = engine.list().stream()
                .sorted(Comparator.comparing(transfer -> transfer.status().added()))
                .toList();
        for (var transfer : transfers) {
            var status = transfer.status();
            boolean waits = status.state() instanceof TransferState.Queued;
            call.reply(waits ? Rows.queued(details(transfer)) : Rows.listed(status));
        }
    }

    void show(Call call) throws CommandException, InterruptedException {
        var transfer = lookup.find(call.invocation().argument(0));
        call.reply(Rows.shown(details(transfer), Rows.link(transfer)));
    }

    void peers(Call call) throws CommandException, InterruptedException {
        var transfer = lookup.find(call.invocation().argument(0));
        details(transfer).peers().forEach(peer -> call.reply(new Reply.Result(Rows.peer(peer))));
    }

    private static TransferDetails details(Transfer transfer) throws CommandException, InterruptedException {
        return Waiting.briefly(transfer.details());
    }
}
