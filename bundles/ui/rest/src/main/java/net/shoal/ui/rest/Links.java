package net.shoal.ui.rest;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import net.shoal.api.library.ContentLinks;
import net.shoal.api.transfer.AddRequest.Source;
import net.shoal.base.metainfo.MetainfoException;
import net.shoal.base.metainfo.MetainfoReader;

/** What names content: what people paste, or the path of a .torrent file on the node's machine. */
final class Links {
    private static final long SECONDS = 90;
    private static final int LARGEST = MetainfoReader.Limits.DEFAULT.metainfoBytes();

    private final ContentLinks links;

    Links(ContentLinks links) {
        this.links = links;
    }

    Source read(String link) throws ApiException, InterruptedException {
        var text = link.strip();
        if (text.startsWith("/") || text.matches("[A-Za-z]:\\\\.*")) {
            return torrent(Folders.path("link", text));
        }
        try {
            return links.resolve(text).toCompletableFuture().get(SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | CancellationException e) {
            throw Waiting.failure(e);
        } catch (TimeoutException e) {
            throw ApiException.failed("what this link leads to is not found in time", "try again");
        }
    }

    private static Source torrent(Path file) throws ApiException {
        try {
            if (!Files.isRegularFile(file)) {
                throw ApiException.failed("there is no file " + file, "");
            }
            if (Files.size(file) > LARGEST) {
                throw ApiException.tooLarge(file + " is larger than a .torrent may be: " + LARGEST + " bytes");
            }
            return new Source.Torrent(new MetainfoReader().metainfo(ByteBuffer.wrap(Files.readAllBytes(file))));
        } catch (IOException e) {
            throw ApiException.failed(file + " cannot be read (" + e + ")", "");
        } catch (MetainfoException e) {
            throw ApiException.failed(file + ": " + e.getMessage(), "");
        }
    }
}
