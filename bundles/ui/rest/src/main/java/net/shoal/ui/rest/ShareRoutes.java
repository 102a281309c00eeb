package net.shoal.ui.rest;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import net.shoal.api.library.Share;
import net.shoal.api.library.ShareLibrary;
import net.shoal.api.library.ShareRequest;
import net.shoal.api.transfer.Visibility;
import net.shoal.base.command.Values;
import net.shoal.base.metainfo.CreateOptions;

/** {@code /api/v1/shares}. */
final class ShareRoutes {
    /** All but the path. */
    static final List<String> OPTIONS =
            List.of("visibility", "format", "title", "comment", "private", "trackers", "webSeeds");

    private static final int LONGEST_PATH = 4_096;
    private static final int LONGEST_TITLE = 255;
    private static final int LONGEST_COMMENT = 4_096;
    private static final int MOST_URLS = 100;

    private final ShareLibrary library;
    private final Transfers transfers;
    private final Preparations preparations;

    ShareRoutes(ShareLibrary library, Transfers transfers, Preparations preparations) {
        this.library = library;
        this.transfers = transfers;
        this.preparations = preparations;
    }

    List<Route> routes() {
        return List.of(
                new Route("GET", "/api/v1/shares", this::list),
                new Route("POST", "/api/v1/shares", this::share),
                new Route("DELETE", "/api/v1/shares/preparing/{job}", this::forget),
                new Route("DELETE", "/api/v1/shares/{id}", this::unshare));
    }

    private void list(Exchange exchange) throws IOException {
        var shares = library.shares().stream().map(ShareRoutes::row).toList();
        exchange.json(Json.object("shares", shares, "preparing", preparations.list()));
    }

    private static Object row(Share share) {
        var status = share.transfer().status();
        return Json.object(
                "id", status.hashes().hex(),
                "name", status.name(),
                "path", status.path().toString(),
                "size", status.total(),
                "visibility", Words.of(status.visibility()),
                "link", share.link().toString(),
                "uploaded", status.uploaded(),
                "peers", (long) status.peers(),
                "added", status.added().toEpochMilli(),
                "there", Files.exists(status.path()));
    }

    private void share(Exchange exchange) throws ApiException, IOException {
        var members = new ArrayList<>(OPTIONS);
        members.add("path");
        var body = exchange.body(members);
        var path = Folders.path("path", body.needed("path", LONGEST_PATH));
        if (!Files.exists(path)) {
            throw ApiException.failed("there is no file or folder " + path, "").at("path");
        }
        exchange.json(202, preparations.begin(request(path, body)));
    }

    static ShareRequest request(Path path, Body body) throws ApiException {
        var trackers = urls(body, "trackers").stream().map(List::of).toList();
        var options = new CreateOptions(
                body.choice("format", CreateOptions.Format.class).orElse(CreateOptions.Format.AUTO),
                OptionalInt.empty(),
                body.text("title", LONGEST_TITLE).filter(text -> !text.isBlank()),
                body.text("comment", LONGEST_COMMENT).filter(text -> !text.isBlank()),
                Optional.empty(),
                body.flag("private"),
                trackers,
                urls(body, "webSeeds"));
        return new ShareRequest(
                path,
                options,
                Optional.empty(),
                body.choice("visibility", Visibility.class).orElse(Visibility.LINK));
    }

    private static List<URI> urls(Body body, String member) throws ApiException {
        var urls = new ArrayList<URI>();
        for (var text : body.texts(member, MOST_URLS, LONGEST_PATH)) {
            try {
                urls.add(Values.url(text));
            } catch (IllegalArgumentException e) {
                throw ApiException.wrong(member, String.valueOf(e.getMessage()));
            }
        }
        return urls;
    }

    private void forget(Exchange exchange) throws ApiException {
        if (!preparations.forget(exchange.name("job"))) {
            throw ApiException.unknown("there is no such share on its way", "");
        }
        exchange.nothing();
    }

    private void unshare(Exchange exchange) throws ApiException, InterruptedException {
        var transfer = transfers.find(exchange.name("id"));
        var share = library.shares().stream()
                .filter(each -> each.transfer().equals(transfer))
                .findFirst()
                .orElseThrow(() -> ApiException.unknown("this is no share", "transfers are removed as such"));
        Waiting.briefly(library.unshare(share));
        exchange.nothing();
    }
}
