package net.shoal.source.web;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.shoal.base.metainfo.FileEntry;
import net.shoal.base.metainfo.Info;
import net.shoal.base.model.InfoHash;
import net.shoal.base.model.InfoHashes;
import net.shoal.base.model.PieceLayout;
import net.shoal.base.model.Sha1Hash;

/** Info dictionaries, of which only names and lengths matter here. */
final class Torrents {
    private Torrents() {}

    static Info file(String name, long length) {
        return info(name, true, List.of(entry(List.of(name), 0, length)), length);
    }

    /** Each file a path with slashes, 10 bytes long. */
    static Info folder(String name, String... paths) {
        var files = new ArrayList<FileEntry>();
        for (var path : paths) {
            files.add(entry(List.of(path.split("/")), files.size() * 10L, 10));
        }
        return info(name, false, files, files.size() * 10L);
    }

    private static FileEntry entry(List<String> path, long offset, long length) {
        return new FileEntry(path, offset, length, Set.of(), Optional.empty(), Optional.empty());
    }

    private static Info info(String name, boolean single, List<FileEntry> files, long total) {
        return new Info(
                ByteBuffer.allocate(0),
                InfoHashes.of(new InfoHash.V1(new Sha1Hash(1, 2, 3))),
                name,
                single,
                files,
                PieceLayout.contiguous(total, 16_384),
                Optional.empty(),
                false,
                Optional.empty());
    }
}
