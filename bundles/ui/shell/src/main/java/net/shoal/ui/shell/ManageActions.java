package net.shoal.ui.shell;

import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.Optional;
import net.shoal.api.transfer.TransferChange;
import net.shoal.api.transfer.TransferEngine;
import net.shoal.base.command.Reply;
import net.shoal.base.command.UsageException;
import net.shoal.base.command.ValueType;

/** {@code pause}, {@code resume}, {@code recheck}, {@code cancel}, {@code move} and {@code rename}. */
final class ManageActions {
    private final TransferEngine engine;
    private final Lookup lookup;

    ManageActions(TransferEngine engine, Lookup lookup) {
        this.engine = engine;
        this.lookup = lookup;
    }

    void pause(Call call) throws CommandException, InterruptedException {
        toEach(call, new TransferChange.Pause());
    }

    void resume(Call call) throws CommandException, InterruptedException {
        toEach(call, new TransferChange.Resume());
    }

    void recheck(Call call) throws CommandException, InterruptedException {
        toEach(call, new TransferChange.Recheck());
    }

    private void toEach(Call call, TransferChange change) throws CommandException, InterruptedException {
        Each.of(lookup.findAll(call.invocation().arguments()), call, transfer -> {
            Waiting.briefly(transfer.change(change));
            call.reply(Rows.listed(transfer.status()));
        });
    }

    void cancel(Call call) throws CommandException, UsageException, InterruptedException {
        var invocation = call.invocation();
        boolean deleteData = invocation.has("--delete-data");
        if (deleteData && invocation.arguments().contains(ValueType.ALL)) {
            throw new UsageException(
                    "--delete-data wants each ID named; `ls` shows them", Optional.of(invocation.word()));
        }
        Each.of(lookup.findAll(invocation.arguments()), call, transfer -> {
            var link = Rows.link(transfer).toString();
            var status = transfer.status();
            boolean isHere = Files.exists(status.path());
            Waiting.with(engine.remove(transfer, deleteData), transfer, call);
            call.reply(Cancelled.row(status, link, deleteData, isHere));
        });
    }

    void move(Call call) throws CommandException, InterruptedException {
        var transfer = lookup.find(call.invocation().argument(0));
        var directory = call.path(call.invocation().argument(1));
        if (Files.exists(directory) && !Files.isDirectory(directory)) {
            throw new CommandException("failed", directory + " is not a folder", "name the folder to move it to");
        }
        Waiting.with(transfer.change(new TransferChange.Move(directory)), transfer, call);
        Waiting.untilMoved(transfer, call);
        call.reply(Rows.listed(transfer.status()));
    }

    void rename(Call call) throws CommandException, InterruptedException {
        var transfer = lookup.find(call.invocation().argument(0));
        var names = DiskNames.of(Waiting.briefly(transfer.details()));
        var change =
                names.rename(call.invocation().argument(1), call.invocation().argument(2));
        Waiting.with(transfer.change(change), transfer, call);
        var row = new LinkedHashMap<>(Rows.listed(transfer.status()).fields());
        row.put("old", names.onDisk(change.path()));
        row.put("new", DiskNames.of(Waiting.briefly(transfer.details())).onDisk(change.path()));
        call.reply(new Reply.Result(row));
    }
}
