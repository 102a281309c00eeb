package net.shoal.ui.rest;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import net.shoal.api.console.ContentPolicy;
import net.shoal.api.transfer.Transfer;
import net.shoal.api.transfer.TransferDetails.FileStatus;
import net.shoal.api.transfer.TransferState;

/** {@code /content}: what transfers hold, also while they download. Others wrote it, so no browser may take it for a page of ours. */
final class ContentRoutes {
    private final Transfers transfers;
    private final ContentBytes bytes;

    ContentRoutes(Transfers transfers, ContentBytes bytes) {
        this.transfers = transfers;
        this.bytes = bytes;
    }

    List<Route> routes() {
        return List.of(
                new Route("GET", "/content/{id}/{file}", exchange -> serve(exchange, true)),
                new Route("HEAD", "/content/{id}/{file}", exchange -> serve(exchange, false)));
    }

    private void serve(Exchange exchange, boolean withBytes) throws ApiException, IOException, InterruptedException {
        var transfer = transfers.find(exchange.name("id"));
        var file = file(transfer, exchange.name("file"));
        if (!ContentBytes.isWhole(file) && transfer.status().state() instanceof TransferState.Paused) {
            throw ApiException.conflict("it is paused, and not all of this file is here", "let it go on");
        }
        var response = exchange.response();
        head(exchange, file);
        var wanted = ByteRange.of(exchange.header("Range"), file.length());
        if (wanted instanceof ByteRange.Wanted.Nothing) {
            response.setHeader("Content-Range", "bytes */" + file.length());
            response.setStatus(HttpServletResponse.SC_REQUESTED_RANGE_NOT_SATISFIABLE);
            return;
        }
        var range = wanted instanceof ByteRange.Wanted.Part part ? part.range() : new ByteRange(0, file.length() - 1);
        if (wanted instanceof ByteRange.Wanted.Part) {
            response.setStatus(HttpServletResponse.SC_PARTIAL_CONTENT);
            response.setHeader("Content-Range", "bytes " + range.first() + "-" + range.last() + "/" + file.length());
        }
        response.setContentLengthLong(range.length());
        if (withBytes && range.length() > 0) {
            bytes.copy(transfer, file, range, response.getOutputStream());
        }
    }

    private static FileStatus file(Transfer transfer, String index) throws ApiException, InterruptedException {
        return Waiting.briefly(transfer.details()).files().stream()
                .filter(file -> Integer.toString(file.index()).equals(index))
                .findFirst()
                .orElseThrow(() -> ApiException.unknown("there is no such file, or it is not known yet", ""));
    }

    private static void head(Exchange exchange, FileStatus file) throws ApiException {
        var response = exchange.response();
        var media = MediaType.ofName(file.path());
        var name = file.path().substring(file.path().lastIndexOf('/') + 1);
        response.setHeader(ContentPolicy.HEADER, ContentPolicy.FOREIGN);
        response.setHeader("Accept-Ranges", "bytes");
        response.setContentType(media.type());
        if (media.shown().isPresent() && !exchange.flag("download")) {
            Disposition.inline(response, name);
        } else {
            Disposition.attachment(response, name);
        }
    }
}
