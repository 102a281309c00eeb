package net.shoal.ui.shell;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import net.shoal.api.transfer.AddRequest;
import net.shoal.api.transfer.ContentLocation;
import net.shoal.api.transfer.FilePriority;
import net.shoal.api.transfer.Transfer;
import net.shoal.api.transfer.TransferChange;
import net.shoal.api.transfer.Visibility;
import net.shoal.base.command.Invocation;
import net.shoal.base.metainfo.Glob;
import net.shoal.base.model.PeerAddress;

/** {@code get}: downloads, and returns when all that is wanted is there and verified. */
final class GetAction implements Action {
    private final Services services;
    private final Links links;

    GetAction(Services services) {
        this.services = services;
        this.links = new Links(services.links());
    }

    @Override
    public void run(Call call) throws CommandException, InterruptedException {
        var transfer = services.engine().add(request(call));
        apply(call.invocation(), transfer);
        var getting = new Getting(services, transfer, call);
        getting.goOn();
        if (getting.await()
                && call.invocation().has("--seed")
                && services.home().isTemporary()) {
            Serving.untilDetached(List.of(transfer), call);
        }
    }

    /** What a transfer that was there already does not take from the request. */
    private static void apply(Invocation invocation, Transfer transfer) throws CommandException, InterruptedException {
        if (invocation.has("--sequential")) {
            Waiting.briefly(transfer.change(new TransferChange.Sequential(true)));
        }
        if (invocation.has("--first-last")) {
            Waiting.briefly(transfer.change(new TransferChange.FirstAndLast(true)));
        }
        if (invocation.has("--only")) {
            var globs = invocation.values("--only").stream().map(Glob::new).toList();
            var more = new HashMap<Integer, FilePriority>();
            Waiting.briefly(transfer.details()).files().stream()
                    .filter(file -> !file.wanted())
                    .filter(file -> globs.stream().anyMatch(glob -> glob.matches(file.path())))
                    .forEach(file -> more.put(file.index(), FilePriority.NORMAL));
            if (!more.isEmpty()) {
                Waiting.briefly(transfer.change(new TransferChange.Prioritise(more)));
            }
        }
    }

    private AddRequest request(Call call) throws CommandException, InterruptedException {
        var invocation = call.invocation();
        return new AddRequest(
                links.read(invocation.argument(0), call),
                ContentLocation.in(target(call)),
                AddRequest.Existing.KEEP_VERIFIED,
                Visibility.LINK,
                invocation.values("--only"),
                invocation.has("--sequential"),
                peers(invocation),
                Optional.empty());
    }

    private static Path target(Call call) throws CommandException {
        var target = call.path(call.invocation().value("--to").orElse("."));
        if (Files.exists(target) && !Files.isDirectory(target)) {
            throw new CommandException("failed", target + " is not a folder", "--to names the folder to put it in");
        }
        return target;
    }

    private List<PeerAddress> peers(Invocation invocation) throws CommandException, InterruptedException {
        var peers = new ArrayList<PeerAddress>();
        for (var text : invocation.values("--peer")) {
            peers.addAll(Peers.resolve(text, services.network()));
        }
        return peers;
    }
}
