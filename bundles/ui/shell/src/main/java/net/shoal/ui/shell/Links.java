package net.shoal.ui.shell;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import net.shoal.api.transfer.AddRequest.Source;
import net.shoal.base.metainfo.MagnetLink;
import net.shoal.base.metainfo.Metainfo;
import net.shoal.base.metainfo.MetainfoException;
import net.shoal.base.metainfo.MetainfoReader;

/** Everything that names content: a magnet link, a .torrent file, a bare infohash. */
final class Links {
    /** As long as a magnet link may be; more is a mistake. */
    private static final int LONGEST = 1 << 20;

    private final MetainfoReader reader = new MetainfoReader();

    Source read(String text, Call call) throws CommandException {
        var lower = text.toLowerCase(Locale.ROOT);
        if (lower.startsWith("magnet:") && text.length() <= LONGEST) {
            return new Source.Magnet(MagnetLink.parse(text));
        }
        if (lower.startsWith("http://") || lower.startsWith("https://")) {
            throw new CommandException(
                    "failed", "a .torrent is not fetched from a URL yet", "download it and give the file");
        }
        var file = call.path(text);
        if (Files.exists(file)) {
            return new Source.Torrent(metainfo(file));
        }
        if (text.matches("[0-9a-zA-Z]{32}|[0-9a-fA-F]{40}|[0-9a-fA-F]{64}")) {
            return new Source.Magnet(MagnetLink.of(MagnetLink.parseInfoHash(text)));
        }
        throw new CommandException(
                "unknown",
                "'" + text + "' is neither a link nor a file here",
                "give a magnet link, the path of a .torrent file, or an infohash");
    }

    Metainfo metainfo(Path file) throws CommandException {
        try {
            if (Files.isDirectory(file)) {
                throw new CommandException("failed", file + " is a folder", "give a .torrent file");
            }
            long limit = MetainfoReader.Limits.DEFAULT.metainfoBytes();
            if (Files.size(file) > limit) {
                throw new CommandException(
                        "failed", file + " is larger than a .torrent may be: " + limit + " bytes", "");
            }
            return reader.metainfo(ByteBuffer.wrap(Files.readAllBytes(file)));
        } catch (IOException e) {
            throw new CommandException("failed", file + " cannot be read (" + e + ")", "");
        } catch (MetainfoException e) {
            throw new CommandException("failed", file + ": " + e.getMessage(), "");
        }
    }
}
