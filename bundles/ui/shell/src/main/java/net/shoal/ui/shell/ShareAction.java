package net.shoal.ui.shell;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import net.shoal.api.library.Share;
import net.shoal.api.library.ShareLibrary;
import net.shoal.api.library.ShareRequest;
import net.shoal.api.transfer.Transfer;
import net.shoal.api.transfer.Visibility;
import net.shoal.base.command.Invocation;
import net.shoal.base.command.MetainfoOptions;
import net.shoal.base.command.Reply;
import net.shoal.base.command.UsageException;
import net.shoal.base.metainfo.Metainfo;
import net.shoal.base.metainfo.MetainfoWriter;

/** {@code share}: hashes, seeds in place, and gives the link of each once it is being served. */
final class ShareAction implements Action {
    private static final long PROGRESS_NANOS = 200_000_000;
    private final Services services;
    private final Links links;

    ShareAction(Services services) {
        this.services = services;
        this.links = new Links(services.links());
    }

    @Override
    public void run(Call call) throws CommandException, UsageException, InterruptedException {
        check(call.invocation());
        var existing = call.invocation().value("--torrent").map(call::path);
        Optional<Metainfo> metainfo =
                existing.isPresent() ? Optional.of(links.metainfo(existing.get())) : Optional.empty();
        var transfers = new ArrayList<Transfer>();
        for (var text : call.invocation().arguments()) {
            transfers.add(share(call.path(text), metainfo, call).transfer());
        }
        if (services.home().isTemporary()) {
            Serving.untilDetached(transfers, call);
        }
    }

    private static void check(Invocation invocation) throws UsageException {
        if (invocation.has("--public") && invocation.has("--link")) {
            throw new UsageException("--public and --link exclude each other", Optional.of(invocation.word()));
        }
        boolean several = invocation.arguments().size() > 1;
        for (var option : List.of("--torrent", "--save", "--title")) {
            if (several && invocation.has(option)) {
                throw new UsageException(
                        option + " goes with one PATH; share them one by one", Optional.of(invocation.word()));
            }
        }
    }

    private Share share(Path path, Optional<Metainfo> existing, Call call)
            throws CommandException, InterruptedException {
        var invocation = call.invocation();
        var visibility = invocation.has("--public") ? Visibility.PUBLIC : Visibility.LINK;
        var request = new ShareRequest(path, MetainfoOptions.of(invocation), existing, visibility);
        var name = Objects.requireNonNullElse(path.getFileName(), path).toString();
        try {
            var share = services.library()
                    .share(request, hashing(name, call))
                    .toCompletableFuture()
                    .get();
            if (invocation.has("--save")) {
                save(call.path(invocation.value("--save").orElseThrow()), share.metainfo());
            }
            call.reply(result(share));
            return share;
        } catch (ExecutionException | CancellationException e) {
            throw Waiting.failure(e);
        }
    }

    private static ShareLibrary.HashProgress hashing(String name, Call call) {
        var next = new AtomicLong(System.nanoTime() + PROGRESS_NANOS);
        return (hashed, total) -> {
            long due = next.get();
            long now = System.nanoTime();
            if (now - due >= 0 && next.compareAndSet(due, now + PROGRESS_NANOS)) {
                call.reply(new Reply.Progress("", name, hashed, total, 0, 0, 0, OptionalLong.empty(), "hashing", ""));
            }
        };
    }

    private static void save(Path file, Metainfo metainfo) throws CommandException {
        try {
            var part = file.resolveSibling(file.getFileName() + ".part");
            Files.write(part, MetainfoWriter.write(metainfo));
            Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new CommandException("failed", file + " cannot be written (" + e + ")", "name another with --save");
        }
    }

    private static Reply.Result result(Share share) {
        var row = new LinkedHashMap<String, Object>();
        row.put("id", share.metainfo().info().hashes().hex());
        row.put("name", share.metainfo().info().name());
        row.put("size", share.metainfo().info().contentLength());
        row.put("link", share.link().toString());
        row.put("path", share.transfer().status().path().toString());
        return new Reply.Result(row);
    }
}
