package net.shoal.ui.rpc.transmission;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import net.shoal.api.library.ContentLinks;
import net.shoal.api.transfer.AddRequest;
import net.shoal.api.transfer.AddRequest.Begin;
import net.shoal.api.transfer.AddRequest.Source;
import net.shoal.api.transfer.ContentLocation;
import net.shoal.api.transfer.Transfer;
import net.shoal.api.transfer.TransferChange;
import net.shoal.api.transfer.TransferEngine;
import net.shoal.api.transfer.Visibility;
import net.shoal.base.metainfo.MetainfoException;
import net.shoal.base.metainfo.MetainfoReader;

/**
 * {@code torrent-add}: a .torrent that the program sends, a magnet link, an http or https URL, or the path of a .torrent file on this machine.
 * What is said about it besides is in force before it begins.
 */
final class TorrentAdd {
    /** Bytes of a .torrent. */
    static final int LARGEST_TORRENT = MetainfoReader.Limits.DEFAULT.metainfoBytes();

    private static final int LARGEST_BASE64 = LARGEST_TORRENT / 3 * 4 + 1_000;
    /** Programs wait a minute. */
    private static final long LINK_MILLIS = 50_000;

    private final TransferEngine engine;
    private final ContentLinks links;
    private final Torrents torrents;
    private final TorrentGet get;
    private final TorrentSet set;
    private final Supplier<Path> downloads;

    TorrentAdd(
            TransferEngine engine,
            ContentLinks links,
            Torrents torrents,
            TorrentGet get,
            TorrentSet set,
            Supplier<Path> downloads) {
        this.engine = engine;
        this.links = links;
        this.torrents = torrents;
        this.get = get;
        this.set = set;
        this.downloads = downloads;
    }

    Map<String, ?> answer(Arguments arguments) throws RpcException, InterruptedException {
        var folder = folder(arguments);
        set.check(arguments);
        var source = source(arguments);
        boolean paused = arguments.flag("paused").orElse(false);
        boolean hasMore = set.isMoreThan(arguments);
        if (source instanceof Source.Magnet && TorrentSet.choosesFiles(arguments)) {
            throw new RpcException("the files of a magnet link are not known yet; choose some once they are");
        }
        set.forgetOld(engine.list());
        var before = Set.copyOf(engine.list());
        var transfer = add(source, folder, paused || hasMore ? Begin.WHEN_RESUMED : Begin.NOW);
        if (before.contains(transfer)) {
            return Map.of("torrent-duplicate", get.brief(torrents.of(transfer)));
        }
        if (hasMore) {
            begin(transfer, arguments, paused);
        }
        return Map.of("torrent-added", get.brief(torrents.of(transfer)));
    }

    private Path folder(Arguments arguments) throws RpcException {
        var given = arguments.text("download-dir").filter(text -> !text.isBlank());
        return given.isPresent() ? AbsolutePath.parse("download-dir", given.get()) : downloads.get();
    }

    private Transfer add(Source source, Path folder, Begin begin) throws RpcException {
        try {
            return engine.add(new AddRequest(
                    source,
                    ContentLocation.in(folder),
                    AddRequest.Existing.KEEP_VERIFIED,
                    Visibility.LINK,
                    List.of(),
                    false,
                    List.of(),
                    Optional.empty(),
                    begin));
        } catch (IllegalArgumentException e) {
            throw new RpcException(String.valueOf(e.getMessage()));
        }
    }

    /** What cannot be carried out is said, and the transfer does not stay. */
    private void begin(Transfer transfer, Arguments arguments, boolean paused)
            throws RpcException, InterruptedException {
        try {
            var changes = new ArrayList<>(set.changes(transfer, arguments));
            if (!paused) {
                changes.add(new TransferChange.Resume());
            }
            set.label(transfer, arguments);
            Waiting.briefly(transfer.change(new TransferChange.Together(changes)));
        } catch (RpcException e) {
            Waiting.briefly(engine.remove(transfer, false));
            throw e;
        }
    }

    private Source source(Arguments arguments) throws RpcException, InterruptedException {
        var metainfo = arguments.text("metainfo", LARGEST_BASE64);
        if (metainfo.isPresent()) {
            return torrent("metainfo", decoded(metainfo.get()));
        }
        var name = arguments
                .text("filename")
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .orElseThrow(() -> new RpcException(
                        "say what to add: metainfo is a .torrent in base64, filename a magnet link or a URL"));
        if (arguments.text("cookies").filter(text -> !text.isBlank()).isPresent()) {
            throw new RpcException("this node sends no cookies; fetch the .torrent, and send it as metainfo");
        }
        return isPath(name)
                ? torrent(name, file(AbsolutePath.parse("filename", name)))
                : Waiting.atMost(
                        LINK_MILLIS, links.resolve(name), "what this link leads to is not found in time; try again");
    }

    private static byte[] decoded(String base64) throws RpcException {
        try {
            return Base64.getMimeDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new RpcException("metainfo is a .torrent in base64: " + e.getMessage());
        }
    }

    private static boolean isPath(String name) {
        return name.startsWith("/") || name.matches("[A-Za-z]:[\\\\/].*");
    }

    /** No other kinds of files, so that nobody finds out by this what there is on the machine. */
    private static byte[] file(Path path) throws RpcException {
        if (!path.toString().endsWith(".torrent")) {
            throw new RpcException("only .torrent files are read from this machine, unlike " + path);
        }
        try {
            if (!Files.isRegularFile(path)) {
                throw new RpcException("there is no file " + path);
            }
            if (Files.size(path) > LARGEST_TORRENT) {
                throw new RpcException(path + " is larger than a .torrent may be: " + LARGEST_TORRENT + " bytes");
            }
            return Files.readAllBytes(path);
        } catch (IOException e) {
            throw new RpcException(path + " cannot be read (" + e + ")");
        }
    }

    private static Source torrent(String name, byte[] bytes) throws RpcException {
        try {
            return new Source.Torrent(new MetainfoReader().metainfo(ByteBuffer.wrap(bytes)));
        } catch (MetainfoException e) {
            throw new RpcException(name + ": " + e.getMessage());
        }
    }
}
