package net.shoal.ui.rest;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import net.shoal.api.console.ContentPolicy;
import net.shoal.api.transfer.ContentReader;
import net.shoal.api.transfer.ContentReading;
import net.shoal.api.transfer.Transfer;
import net.shoal.api.transfer.TransferDetails.FileStatus;
import net.shoal.api.transfer.TransferState;

/** {@code /content}: what transfers hold, also while they download. Others wrote it, so no browser may take it for a page of ours. */
final class ContentRoutes {
    private static final int BUFFER = 256 * 1024;
    /** How long a part may take to come, before who asks for it is told that it does not. */
    private static final long PATIENCE_SECONDS = 120;

    private final Transfers transfers;
    private final ContentReading reading;

    ContentRoutes(Transfers transfers, ContentReading reading) {
        this.transfers = transfers;
        this.reading = reading;
    }

    List<Route> routes() {
        return List.of(
                new Route("GET", "/content/{id}/{file}", exchange -> serve(exchange, true)),
                new Route("HEAD", "/content/{id}/{file}", exchange -> serve(exchange, false)));
    }

    private void serve(Exchange exchange, boolean withBytes) throws ApiException, IOException, InterruptedException {
        var transfer = transfers.find(exchange.name("id"));
        var file = file(transfer, exchange.name("file"));
        boolean isWhole = file.done() >= file.length();
        if (!isWhole && transfer.status().state() instanceof TransferState.Paused) {
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
            send(transfer, file, range, isWhole, response);
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

    private void send(
            Transfer transfer, FileStatus file, ByteRange range, boolean isWhole, HttpServletResponse response)
            throws ApiException, IOException, InterruptedException {
        if (isWhole && transfer.status().state() instanceof TransferState.Paused) {
            sendFromDisk(file, range, response);
            return;
        }
        try (var reader = Waiting.briefly(reading.open(transfer, file.index()))) {
            var out = response.getOutputStream();
            var buffer = ByteBuffer.allocate(BUFFER);
            for (long at = range.first(); at <= range.last(); ) {
                buffer.clear().limit((int) Math.min(BUFFER, range.last() - at + 1));
                int read = read(reader, at, buffer);
                if (read == 0) {
                    throw new IOException("the file ended early");
                }
                out.write(buffer.array(), 0, read);
                at += read;
            }
        }
    }

    private static int read(ContentReader reader, long at, ByteBuffer buffer)
            throws ApiException, InterruptedException {
        try {
            return reader.read(at, buffer).toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | CancellationException e) {
            throw Waiting.failure(e);
        } catch (TimeoutException e) {
            throw ApiException.of(503, "timeout", "nobody sends this part of it just now", "try again later");
        }
    }

    /** What is paused is read by nobody else. */
    private static void sendFromDisk(FileStatus file, ByteRange range, HttpServletResponse response)
            throws ApiException, IOException {
        try (var channel = FileChannel.open(file.onDisk())) {
            var out = response.getOutputStream();
            var buffer = ByteBuffer.allocate(BUFFER);
            for (long at = range.first(); at <= range.last(); ) {
                buffer.clear().limit((int) Math.min(BUFFER, range.last() - at + 1));
                int read = channel.read(buffer, at);
                if (read <= 0) {
                    throw ApiException.conflict("the file on disk is shorter than it was", "check it again");
                }
                out.write(buffer.array(), 0, read);
                at += read;
            }
        }
    }
}
