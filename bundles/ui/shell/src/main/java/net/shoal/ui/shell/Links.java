package net.shoal.ui.shell;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import net.shoal.api.net.Network;
import net.shoal.api.transfer.AddRequest.Source;
import net.shoal.base.command.Values;
import net.shoal.base.metainfo.MagnetLink;
import net.shoal.base.metainfo.Metainfo;
import net.shoal.base.metainfo.MetainfoException;
import net.shoal.base.metainfo.MetainfoReader;
import net.shoal.base.metainfo.PublishedLink;

/** Everything that names content: a magnet link (also one that names who publishes, BEP 46), a .torrent file or the URL of one, a bare infohash. */
final class Links {
    private static final int MAX_BYTES = MetainfoReader.Limits.DEFAULT.metainfoBytes();

    private final MetainfoReader reader = new MetainfoReader();
    private final TorrentDownload download;
    private final ItemsNow items;

    Links(Network network, ItemsNow items) {
        this.items = items;
        this.download = new TorrentDownload(network, MAX_BYTES);
    }

    Source read(String text, Call call) throws CommandException, InterruptedException {
        var lower = text.toLowerCase(Locale.ROOT);
        if (lower.startsWith("magnet:")) {
            var published = PublishedLink.parse(text);
            return new Source.Magnet(published.isPresent() ? items.resolve(published.get()) : MagnetLink.parse(text));
        }
        if (lower.startsWith("http://") || lower.startsWith("https://")) {
            return new Source.Torrent(metainfo(Values.url(text)));
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
                "give a magnet link, the path or URL of a .torrent file, or an infohash");
    }

    private Metainfo metainfo(URI url) throws CommandException, InterruptedException {
        return parse(url.toString(), download.fetch(url));
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
