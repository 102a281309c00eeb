package net.shoal.ui.shell;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import net.shoal.api.library.ContentLinks;
import net.shoal.api.transfer.AddRequest.Source;
import net.shoal.base.metainfo.Metainfo;
import net.shoal.base.metainfo.MetainfoException;
import net.shoal.base.metainfo.MetainfoReader;

/** Everything that names content: a link, or a .torrent file here. */
final class Links {
    private static final int MAX_BYTES = MetainfoReader.Limits.DEFAULT.metainfoBytes();
    private static final long PATIENCE_SECONDS = 150;

    private final MetainfoReader reader = new MetainfoReader();
    private final ContentLinks links;

    Links(ContentLinks links) {
        this.links = links;
    }

    Source read(String text, Call call) throws CommandException, InterruptedException {
        var lower = text.toLowerCase(Locale.ROOT);
        if (lower.startsWith("magnet:") || lower.startsWith("http://") || lower.startsWith("https://")) {
            return resolve(text);
        }
        var file = call.path(text);
        if (Files.exists(file)) {
            return new Source.Torrent(metainfo(file));
        }
        if (text.matches("[0-9a-zA-Z]{32}|[0-9a-fA-F]{40}|[0-9a-fA-F]{64}")) {
            return resolve(text);
        }
        throw new CommandException(
                "unknown",
                "'" + text + "' is neither a link nor a file here",
                "give a magnet link, the path or URL of a .torrent file, or an infohash");
    }

    private Source resolve(String text) throws CommandException, InterruptedException {
        return Waiting.upTo(PATIENCE_SECONDS, links.resolve(text));
    }

    Metainfo metainfo(Path file) throws CommandException {
        try {
            if (Files.isDirectory(file)) {
                throw new CommandException("failed", file + " is a folder", "give a .torrent file");
            }
            if (Files.size(file) > MAX_BYTES) {
                throw new CommandException(
                        "failed", file + " is larger than a .torrent may be: " + MAX_BYTES + " bytes", "");
            }
            return parse(file.toString(), Files.readAllBytes(file));
        } catch (IOException e) {
            throw new CommandException("failed", file + " cannot be read (" + e + ")", "");
        }
    }

    private Metainfo parse(String where, byte[] torrent) throws CommandException {
        try {
            return reader.metainfo(ByteBuffer.wrap(torrent));
        } catch (MetainfoException e) {
            throw new CommandException("failed", where + ": " + e.getMessage(), "");
        }
    }
}
