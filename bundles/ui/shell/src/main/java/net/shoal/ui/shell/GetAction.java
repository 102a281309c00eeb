package net.shoal.ui.shell;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import net.shoal.api.transfer.AddRequest;
import net.shoal.api.transfer.ContentLocation;
import net.shoal.api.transfer.Transfer;
import net.shoal.api.transfer.TransferChange;
import net.shoal.api.transfer.TransferState;
import net.shoal.api.transfer.TransferStatus;
import net.shoal.api.transfer.Visibility;
import net.shoal.base.command.Endpoint;
import net.shoal.base.command.Invocation;
import net.shoal.base.command.Reply;
import net.shoal.base.command.Values;
import net.shoal.base.model.PeerAddress;

/** {@code get}: downloads, and returns when all that is wanted is there and verified. */
final class GetAction implements Action {
    private static final long PROGRESS_MILLIS = 200;
    private final Services services;
    private final Links links;

    GetAction(Services services) {
        this.services = services;
        this.links = new Links(services.network());
    }

    @Override
    public void run(Call call) throws CommandException, InterruptedException {
        var transfer = services.engine().add(request(call));
        var state = transfer.status().state();
        if (state instanceof TransferState.Paused || state instanceof TransferState.Failed) {
            Waiting.briefly(transfer.change(new TransferChange.Resume()));
        }
        if (await(transfer, call)
                && call.invocation().has("--seed")
                && services.home().isTemporary()) {
            Serving.untilDetached(List.of(transfer), call);
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
            var endpoint = Endpoint.parse(text);
            var addresses =
                    Waiting.briefly(services.network().resolve(endpoint.host().orElseThrow()));
            addresses.forEach(address -> peers.add(PeerAddress.ip(address, endpoint.port())));
        }
        return peers;
    }

    /** @return false if the caller went before it was done */
    private boolean await(Transfer transfer, Call call) throws CommandException, InterruptedException {
        var timeout = call.invocation().value("--timeout").map(Values::duration);
        long begin = System.nanoTime();
        var progressing = new Progressing(transfer);
        try (var news = services.news().subscribe()) {
            while (!call.isDetached()) {
                var status = transfer.status();
                if (status.state() instanceof TransferState.Seeding) {
                    call.reply(result(status));
                    return true;
                }
                if (status.state() instanceof TransferState.Failed failed) {
                    throw new CommandException("failed", failed.reason(), failed.hint());
                }
                failIfLate(timeout, begin);
                call.reply(progressing.next(status));
                news.next(PROGRESS_MILLIS);
            }
            return false;
        }
    }

    private static void failIfLate(Optional<Duration> timeout, long begin) throws CommandException {
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
