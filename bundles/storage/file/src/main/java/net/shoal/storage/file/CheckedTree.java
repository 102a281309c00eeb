package net.shoal.storage.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * For systems without {@code openat} in Java (Windows, macOS): looks at every folder on the way down, and again at where the file really is
 * once it is open. Whoever swaps a folder for a link in between can have an empty file made elsewhere, never one written to.
 */
final class CheckedTree implements Tree {
    private final Path base;

    CheckedTree(Path base) {
        this.base = base;
    }

    @Override
    public Path path(List<String> names) {
        return base.resolve(String.join(base.getFileSystem().getSeparator(), names));
    }

    @Override
    public FileChannel open(List<String> names, Access access) throws IOException {
        checkFolders(names, access.creates());
        var path = path(names);
        if (!access.creates() && !attributes(path).isRegularFile()) {
            throw attributes(path).isSymbolicLink() ? DiskTrouble.isLink(path) : DiskTrouble.isNoFile(path);
        }
        var channel = FileChannel.open(path, options(access));
        try {
            checkReally(path);
            if (access == Access.CREATE_EXECUTABLE) {
                path.toFile().setExecutable(true, false);
            }
            return channel;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    private static Set<OpenOption> options(Access access) {
        var options = new HashSet<OpenOption>(List.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
        if (access.writes()) {
            options.add(StandardOpenOption.WRITE);
        }
        if (access.creates()) {
            options.add(StandardOpenOption.CREATE_NEW);
        }
        return options;
    }

    @Override
    public Optional<BasicFileAttributes> look(List<String> names) throws IOException {
        try {
            checkFolders(names, false);
            return Optional.of(attributes(path(names)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    @Override
    public void link(List<String> names, Path target) throws IOException {
        checkFolders(names, true);
        Files.createSymbolicLink(path(names), target);
    }

    @Override
    public void take(Tree other, List<String> old, List<String> names) throws IOException {
        if (!(other instanceof CheckedTree before)) {
            throw new AtomicMoveNotSupportedException(
                    other.path(old).toString(), path(names).toString(), "other ways");
        }
        before.checkFolders(old, false);
        checkFolders(names, true);
        var source = before.path(old);
        var folder = path(names.subList(0, names.size() - 1));
        var folderBefore = before.path(old.subList(0, old.size() - 1));
        if (!Files.getFileStore(folderBefore).equals(Files.getFileStore(folder))) {
            throw new AtomicMoveNotSupportedException(
                    source.toString(), path(names).toString(), "another file system");
        }
        Files.move(source, path(names), LinkOption.NOFOLLOW_LINKS);
    }

    @Override
    public void modified(List<String> names, FileTime time) throws IOException {
        checkFolders(names, false);
        Files.getFileAttributeView(path(names), BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                .setTimes(time, null, null);
    }

    @Override
    public void deleteFile(List<String> names) throws IOException {
        checkFolders(names, false);
        if (attributes(path(names)).isDirectory()) {
            throw DiskTrouble.isNoFile(path(names));
        }
        Files.delete(path(names));
    }

    @Override
    public void deleteFolder(List<String> names) throws IOException {
        checkFolders(names, false);
        if (attributes(path(names)).isDirectory()) {
            Files.delete(path(names));
        }
    }

    private void checkFolders(List<String> names, boolean create) throws IOException {
        if (create && !Files.isDirectory(base)) {
            Files.createDirectories(base);
        }
        for (int depth = 1; depth < names.size(); depth++) {
            var folder = path(names.subList(0, depth));
            if (create) {
                make(folder);
            }
            var attributes = attributes(folder);
            if (attributes.isSymbolicLink() || attributes.isOther()) {
                throw DiskTrouble.isLink(folder); // a junction of Windows is "other"
            }
            if (!attributes.isDirectory()) {
                throw DiskTrouble.isNoFolder(folder);
            }
        }
    }

    private static void make(Path folder) throws IOException {
        if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            try {
                Files.createDirectory(folder);
            } catch (FileAlreadyExistsException e) {
                // looked at next, like any other
            }
        }
    }

    private void checkReally(Path path) throws IOException {
        var folder = path.getParent();
        if (folder != null && !folder.toRealPath().startsWith(base.toRealPath())) {
            throw DiskTrouble.isLink(folder);
        }
    }

    private static BasicFileAttributes attributes(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    }
}
