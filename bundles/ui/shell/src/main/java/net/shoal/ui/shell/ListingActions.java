package net.shoal.ui.shell;

import java.util.Comparator;
import java.util.List;
import net.shoal.api.transfer.Transfer;
import net.shoal.api.transfer.TransferDetails;
import net.shoal.api.transfer.TransferEngine;
import net.shoal.api.transfer.TransferStatus;
import net.shoal.base.command.Reply;
import net.shoal.base.metainfo.MagnetLink;
import net.shoal.base.metainfo.Metainfo;

/** {@code ls}, {@code show} and {@code peers}. */
final class ListingActions {
    private final TransferEngine engine;
    private final Lookup lookup;

    ListingActions(TransferEngine engine, Lookup lookup) {
        this.engine = engine;
        this.lookup = lookup;
    }

    void ls(Call call) {
        engine.list().stream()
                .map(Transfer::status)
                .sorted(Comparator.comparing(TransferStatus::added))
                .forEach(status -> call.reply(Rows.listed(status)));
    }

    void show(Call call) throws CommandException, InterruptedException {
        var transfer = lookup.find(call.invocation().argument(0));
        call.reply(Rows.shown(details(transfer), link(transfer)));
    }

    void peers(Call call) throws CommandException, InterruptedException {
        var transfer = lookup.find(call.invocation().argument(0));
        details(transfer).peers().forEach(peer -> call.reply(new Reply.Result(Rows.peer(peer))));
    }

    private static TransferDetails details(Transfer transfer) throws CommandException, InterruptedException {
        return Waiting.briefly(transfer.details());
    }

    private static MagnetLink link(Transfer transfer) {
        var known = transfer.metainfo().toCompletableFuture();
        return known.isDone() && !known.isCompletedExceptionally()
                ? link(known.join())
                : MagnetLink.of(transfer.hashes());
    }

    static MagnetLink link(Metainfo metainfo) {
        return MagnetLink.of(metainfo, List.of());
    }
}
