package net.shoal.ui.rest;

import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import net.shoal.api.console.ContentPolicy;
import net.shoal.api.transfer.Transfer;
import net.shoal.api.transfer.TransferDetails.FileStatus;

/**
 * {@code /content/{id}}: the files of a transfer, or of a folder in it, as one ZIP file to be saved. It is made while it is sent and kept
 * nowhere; only the names of its files are, since a ZIP file ends with all of them. Nothing is compressed: what is worth sharing is.
 */
final class ArchiveRoutes {
    private static final int BUFFER = 64 * 1024;
    private static final int LONGEST_PATH = 4_096;

    private final Transfers transfers;
    private final ContentBytes bytes;

    ArchiveRoutes(Transfers transfers, ContentBytes bytes) {
        this.transfers = transfers;
        this.bytes = bytes;
    }

    List<Route> routes() {
        return List.of(new Route("GET", "/content/{id}", this::send));
    }

    private void send(Exchange exchange) throws ApiException, IOException, InterruptedException {
        var transfer = transfers.find(exchange.name("id"));
        var folder = exchange.parameter("folder").orElse("");
        if (folder.length() > LONGEST_PATH) {
            throw ApiException.wrong("folder", "folder has " + LONGEST_PATH + " characters at most");
        }
        var files = whole(transfer, folder);
        var name = folder.isEmpty() ? transfer.status().name() : folder.substring(folder.lastIndexOf('/') + 1);
        var response = exchange.response();
        response.setHeader(ContentPolicy.HEADER, ContentPolicy.FOREIGN);
        response.setHeader("Accept-Ranges", "none");
        response.setContentType("application/zip");
        Disposition.attachment(response, name + ".zip");
        write(transfer, files, new ZipNames(name), folder.isEmpty() ? 0 : folder.length() + 1, response);
    }

    /** Of those that are wanted, the complete ones: an archive cannot wait for the others. */
    private static List<FileStatus> whole(Transfer transfer, String folder) throws ApiException, InterruptedException {
        var prefix = folder.isEmpty() ? "" : folder + "/";
        var below = Waiting.briefly(transfer.details()).files().stream()
                .filter(file -> file.path().startsWith(prefix))
                .toList();
        if (below.isEmpty()) {
            throw ApiException.unknown("there is no such folder, or it is not known yet", "");
        }
        var whole = below.stream()
                .filter(file -> file.wanted() && ContentBytes.isWhole(file))
                .toList();
        if (whole.isEmpty()) {
            throw ApiException.conflict("none of these files is complete", "wait for it");
        }
        return whole;
    }

    private void write(Transfer transfer, List<FileStatus> files, ZipNames names, int cut, HttpServletResponse response)
            throws ApiException, IOException, InterruptedException {
        // not closed after a failure: that would make a whole archive of a part of it, which nobody would notice
        var zip = new ZipOutputStream(
                new BufferedOutputStream(response.getOutputStream(), BUFFER), StandardCharsets.UTF_8);
        zip.setLevel(Deflater.NO_COMPRESSION);
        for (var file : files) {
            zip.putNextEntry(new ZipEntry(names.next(file.path().substring(cut))));
            bytes.copy(transfer, file, new ByteRange(0, file.length() - 1), zip);
            zip.closeEntry();
        }
        zip.close();
    }
}
