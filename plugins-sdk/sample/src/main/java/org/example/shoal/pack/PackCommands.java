package org.example.shoal.pack;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.Collectors;
import net.shoal.base.metainfo.FileEntry;
import net.shoal.base.metainfo.Info;
import net.shoal.base.metainfo.SafeNames;
import org.osgi.service.component.annotations.Component;

/** {@code pack:list FILE} and {@code pack:extract FILE DIR} in the shell of the node. What a command returns, the shell prints. */
@Component(
        service = PackCommands.class,
        property = {"osgi.command.scope=pack", "osgi.command.function=list", "osgi.command.function=extract"})
public final class PackCommands {
    private static final int BUFFER = 1 << 20;

    /** The files in a pack. */
    public String list(String pack) throws IOException {
        return Pack.infoOf(Path.of(pack)).files().stream()
                .filter(file -> !file.isPad())
                .map(file -> file.length() + "\t" + SafeNames.forDisplay(String.join("/", file.path())))
                .collect(Collectors.joining("\n"));
    }

    /** Writes the files of a pack below a folder, and nothing over what is there. It does not know what was fetched: wait until all was. */
    public String extract(String pack, String folder) throws IOException {
        var source = Path.of(pack);
        var info = Pack.infoOf(source);
        var root = info.isSingleFile() ? Path.of(folder) : Path.of(folder).resolve(safe(info.name()));
        int count = 0;
        try (var store = new PackStore(info, source, true, () -> 0)) {
            for (var file : info.files()) {
                if (!file.isPad() && file.symlinkTarget().isEmpty()) {
                    extract(info, store, file, path(root, file));
                    count++;
                }
            }
        }
        return count + (count == 1 ? " file" : " files") + " in " + root;
    }

    private static Path path(Path root, FileEntry file) {
        var path = root;
        for (var name : file.path()) {
            path = path.resolve(safe(name));
        }
        return path;
    }

    /** Names in a torrent are what strangers chose. */
    private static String safe(String name) {
        return SafeNames.forAnyFileSystem(name);
    }

    private static void extract(Info info, PackStore store, FileEntry file, Path path) throws IOException {
        Files.createDirectories(path.getParent());
        int pieceLength = info.layout().pieceLength();
        try (var out = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            var buffer = ByteBuffer.allocate(BUFFER);
            for (long done = 0; done < file.length(); ) {
                long at = file.offset() + done;
                buffer.clear().limit((int) Math.min(BUFFER, file.length() - done));
                if (store.read((int) (at / pieceLength), (int) (at % pieceLength), buffer) == 0) {
                    throw new IOException("not all of " + path + " is in the pack yet");
                }
                buffer.flip();
                done += buffer.remaining();
                Pack.writeFully(out, buffer, out.size());
            }
        }
    }
}
