package net.shoal.ui.rest;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import net.shoal.api.transfer.AddRequest.Source;
import net.shoal.base.metainfo.MagnetLink;
import net.shoal.base.metainfo.MetainfoException;
import net.shoal.base.metainfo.MetainfoReader;

/** What names content: a magnet link, a bare infohash, or a .torrent file on the node's machine. */
final class Links {
    private static final int LARGEST = MetainfoReader.Limits.DEFAULT.metainfoBytes();

    Source read(String link) throws ApiException {
        var text = link.strip();
        if (text.toLowerCase(Locale.ROOT).startsWith("magnet:")) {
            return magnet(text);
        }
        if (text.matches("[0-9a-zA-Z]{32}|[0-9a-fA-F]{40}|[0-9a-fA-F]{64}")) {
            return new Source.Magnet(MagnetLink.of(MagnetLink.parseInfoHash(text)));
        }
        if (text.startsWith("/") || text.matches("[A-Za-z]:\\\\.*")) {
            return torrent(Folders.path("link", text));
        }
        throw ApiException.failed(
                "this is no link to something shared", "such a link begins with magnet:, or is a .torrent file");
    }

    private static Source magnet(String text) throws ApiException {
        try {
            return new Source.Magnet(MagnetLink.parse(text));
        } catch (IllegalArgumentException e) {
            throw ApiException.failed("this link is damaged: " + e.getMessage(), "copy it again, all of it");
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
