package net.shoal.ui.rest;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.shoal.api.transfer.AddRequest;
import net.shoal.api.transfer.AddRequest.Begin;
import net.shoal.api.transfer.AddRequest.Source;
import net.shoal.api.transfer.ContentLocation;
import net.shoal.api.transfer.Transfer;
import net.shoal.api.transfer.TransferChange;
import net.shoal.api.transfer.Visibility;
import net.shoal.base.metainfo.MetainfoException;
import net.shoal.base.metainfo.MetainfoReader;
import net.shoal.base.metainfo.MetainfoWriter;
import net.shoal.base.model.PeerAddress;

/** {@code /api/v1/transfers}. */
final class TransferRoutes {
    private static final int LARGEST_TORRENT = MetainfoReader.Limits.DEFAULT.metainfoBytes();
    private static final int LONGEST_LINK = 16_384;
    private static final int LONGEST_PATH = 4_096;
    private static final int MOST_GLOBS = 1_000;
    private static final int MOST_AT_ONCE = 10_000;
    private static final long LONGEST_GRACE_SECONDS = 60;
    /** A move that is refused is so at once; one that goes on is not waited for. */
    private static final long MOVE_MILLIS = 1_000;

    private static final long REMOVE_MILLIS = 20_000;
    private static final List<String> NEW =
            List.of("link", "to", "look", "paused", "only", "sequential", "peers", "visibility");

    private final Transfers transfers;
    private final Changes changes;
    private final Links links;
    private final Path downloads;

    TransferRoutes(Transfers transfers, Changes changes, Links links, Path downloads) {
        this.transfers = transfers;
        this.changes = changes;
        this.links = links;
        this.downloads = downloads;
    }

    List<Route> routes() {
        return List.of(
                new Route("GET", "/api/v1/transfers", this::list),
                new Route("POST", "/api/v1/transfers", this::add),
                new Route("POST", "/api/v1/transfers/bulk", this::bulk),
                new Route("GET", "/api/v1/transfers/{id}", this::one),
                new Route("PATCH", "/api/v1/transfers/{id}", this::change),
                new Route("DELETE", "/api/v1/transfers/{id}", this::remove),
                new Route("POST", "/api/v1/transfers/{id}/restore", this::restore),
                new Route("GET", "/api/v1/transfers/{id}/torrent", this::torrent));
    }

    private void list(Exchange exchange) throws IOException {
        exchange.json(Json.object(
                "transfers", transfers.list().stream().map(transfers::row).toList()));
    }

    private void one(Exchange exchange) throws ApiException, IOException, InterruptedException {
        var transfer = transfers.find(exchange.name("id"));
        var parts = parts(exchange);
        var details = Waiting.briefly(transfer.details());
        exchange.json(Details.of(details, transfers.row(transfer), transfers.link(transfer), parts));
    }

    private static Set<String> parts(Exchange exchange) throws ApiException {
        var given = exchange.parameter("parts");
        if (given.isEmpty()) {
            return Details.PARTS;
        }
        var parts = new HashSet<>(Arrays.asList(given.get().split(",", -1)));
        if (!Details.PARTS.containsAll(parts)) {
            throw ApiException.wrong("parts", "parts are some of files, pieces, peers, discovery");
        }
        return parts;
    }

    private void add(Exchange exchange) throws ApiException, IOException, InterruptedException {
        var request = exchange.isOf("application/x-bittorrent") ? ofTorrent(exchange) : ofLink(exchange);
        var before = Set.copyOf(transfers.list());
        var transfer = transfers.engine().add(request);
        boolean isNew = !before.contains(transfer);
        if (!isNew) {
            transfers.removals().restore(transfer);
        }
        exchange.json(isNew ? 201 : 200, transfers.answer(transfer));
    }

    private AddRequest ofTorrent(Exchange exchange) throws ApiException, IOException {
        try {
            var metainfo = new MetainfoReader().metainfo(ByteBuffer.wrap(exchange.bytes(LARGEST_TORRENT)));
            return request(
                    new Source.Torrent(metainfo),
                    exchange.parameter("to"),
                    List.of(),
                    false,
                    List.of(),
                    Visibility.LINK,
                    begin(exchange.flag("paused"), exchange.flag("look")));
        } catch (MetainfoException e) {
            throw ApiException.failed(String.valueOf(e.getMessage()), "");
        }
    }

    private AddRequest ofLink(Exchange exchange) throws ApiException, IOException, InterruptedException {
        var body = exchange.body(NEW);
        return request(
                links.read(body.needed("link", LONGEST_LINK)),
                body.text("to", LONGEST_PATH),
                body.texts("only", MOST_GLOBS, LONGEST_PATH),
                body.flag("sequential"),
                changes.peers(body, "peers"),
                body.choice("visibility", Visibility.class).orElse(Visibility.LINK),
                begin(body.flag("paused"), body.flag("look")));
    }

    private static Begin begin(boolean paused, boolean look) {
        return look ? Begin.AFTER_A_LOOK : paused ? Begin.WHEN_RESUMED : Begin.NOW;
    }

    private AddRequest request(
            Source source,
            Optional<String> to,
            List<String> only,
            boolean sequential,
            List<PeerAddress> peers,
            Visibility visibility,
            Begin begin)
            throws ApiException {
        return new AddRequest(
                source,
                ContentLocation.in(to.isPresent() ? Folders.path("to", to.get()) : downloads),
                AddRequest.Existing.KEEP_VERIFIED,
                visibility,
                only,
                sequential,
                peers,
                Optional.empty(),
                begin);
    }

    private void change(Exchange exchange) throws ApiException, IOException, InterruptedException {
        var transfer = transfers.find(exchange.name("id"));
        boolean done = change(transfer, exchange.body(Changes.MEMBERS));
        exchange.json(done ? 200 : 202, transfers.answer(transfer));
    }

    /** False if it has only begun. */
    private boolean change(Transfer transfer, Body body) throws ApiException, InterruptedException {
        var slow = Changes.slow(body);
        if (slow.isPresent()) {
            return Waiting.within(transfer.change(slow.get()), MOVE_MILLIS);
        }
        var options = Waiting.briefly(transfer.details()).options();
        var wanted = changes.quick(body, options);
        if (wanted.size() == 1) {
            Waiting.briefly(transfer.change(wanted.get(0)));
        } else if (!wanted.isEmpty()) {
            Waiting.briefly(transfer.change(new TransferChange.Together(wanted)));
        }
        return true;
    }

    private void remove(Exchange exchange) throws ApiException, IOException, InterruptedException {
        var transfer = transfers.find(exchange.name("id"));
        long grace = exchange.whole("grace", 0, LONGEST_GRACE_SECONDS, 0);
        var row = removal(transfer, exchange.flag("deleteData"), grace);
        exchange.json(grace > 0 ? 202 : 200, row);
    }

    private Object removal(Transfer transfer, boolean deleteData, long graceSeconds)
            throws ApiException, InterruptedException {
        var status = transfer.status();
        var link = transfers.link(transfer).toString();
        Long until = null;
        if (graceSeconds > 0) {
            until = transfers.removals().remove(transfer, deleteData, Duration.ofSeconds(graceSeconds));
        } else {
            Waiting.within(transfers.removals().remove(transfer, deleteData), REMOVE_MILLIS);
        }
        return Json.object("id", status.hashes().hex(), "name", status.name(), "link", link, "until", until);
    }

    private void restore(Exchange exchange) throws ApiException, IOException {
        var transfer = transfers.find(exchange.name("id"));
        restore(transfer);
        exchange.json(transfers.answer(transfer));
    }

    private void restore(Transfer transfer) throws ApiException {
        if (!transfers.removals().restore(transfer)) {
            throw ApiException.conflict("it is not on its way out", "");
        }
    }

    private void torrent(Exchange exchange) throws ApiException, IOException, InterruptedException {
        var transfer = transfers.find(exchange.name("id"));
        var metainfo = transfer.metainfo().toCompletableFuture();
        if (!metainfo.isDone()) {
            throw ApiException.conflict("its metadata has not come yet", "wait for a peer that has it");
        }
        var bytes = MetainfoWriter.write(Waiting.briefly(metainfo));
        Disposition.attachment(exchange.response(), transfer.status().name() + ".torrent");
        exchange.bytes("application/x-bittorrent", bytes);
    }

    /** What is done to many. */
    private interface Step {
        void take(Transfer transfer) throws ApiException, InterruptedException;
    }

    private void bulk(Exchange exchange) throws ApiException, IOException, InterruptedException {
        var body = exchange.body("ids", "change", "remove", "restore");
        var step = step(body);
        var outcomes = new ArrayList<Object>();
        var ids = body.texts("ids", MOST_AT_ONCE, 64);
        if (ids.isEmpty()) {
            for (var transfer : transfers.list()) {
                outcomes.add(outcome(transfer.hashes().hex(), step));
            }
        }
        for (var id : ids) {
            outcomes.add(outcome(id, step));
        }
        exchange.json(Json.object("outcomes", outcomes));
    }

    private Step step(Body body) throws ApiException {
        int wanted = (body.has("change") ? 1 : 0) + (body.has("remove") ? 1 : 0) + (body.has("restore") ? 1 : 0);
        if (wanted != 1) {
            throw ApiException.wrong("give one of change, remove and restore");
        }
        if (body.has("change")) {
            var change = Body.of(body.get("change"), Changes.MEMBERS);
            return transfer -> change(transfer, change);
        }
        if (body.has("remove")) {
            var remove = Body.of(body.get("remove"), List.of("deleteData", "grace"));
            boolean deleteData = remove.flag("deleteData");
            long grace = remove.whole("grace", 0, LONGEST_GRACE_SECONDS).orElse(0);
            return transfer -> removal(transfer, deleteData, grace);
        }
        return this::restore;
    }

    private Object outcome(String id, Step step) throws InterruptedException {
        try {
            step.take(transfers.find(id));
            return Json.object("id", id, "ok", true, "error", null);
        } catch (ApiException e) {
            return Json.object("id", id, "ok", false, "error", e.toJson());
        } catch (IllegalArgumentException e) {
            var failed = ApiException.failed(String.valueOf(e.getMessage()), "");
            return Json.object("id", id, "ok", false, "error", failed.toJson());
        }
    }
}
