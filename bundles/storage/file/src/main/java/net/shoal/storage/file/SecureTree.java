package net.shoal.storage.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Steps down from folder to folder by descriptors ({@code openat} with {@code O_NOFOLLOW}), so that a folder which is swapped for a link at
 * any moment leads nowhere. Java has no {@code mkdirat} and {@code symlinkat}: folders and links are made under a temporary name in the
 * chosen folder, and then moved into place by descriptors ({@code renameat}).
 */
final class SecureTree implements Tree {
    private static final Logger LOG = LoggerFactory.getLogger(SecureTree.class);
    private static final ThreadLocal<@Nullable LastFolder> LAST = new ThreadLocal<>();
    private static final FileAttribute<?> PROGRAM =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxrwxrwx"));

    private final Path base;
    private final Path temporary;

    SecureTree(Path base, String temporary) {
        this.base = base;
        this.temporary = base.getFileSystem().getPath(temporary);
    }

    @Override
    public Path path(List<String> names) {
        return base.resolve(String.join(base.getFileSystem().getSeparator(), names));
    }

    @Override
    public FileChannel open(List<String> names, Access access) throws IOException {
        var kept = LAST.get();
        if (kept != null && kept.isOf(this)) {
            return openIn(kept.folderOf(names, access.creates()), names, access);
        }
        try (var folder = folderOf(names, access.creates())) {
            return openIn(folder, names, access);
        }
    }

    private FileChannel openIn(SecureDirectoryStream<Path> folder, List<String> names, Access access)
            throws IOException {
        var name = last(names);
        checkRegular(folder, name, names, access);
        var channel = access == Access.CREATE_EXECUTABLE
                ? folder.newByteChannel(name, options(access), PROGRAM)
                : folder.newByteChannel(name, options(access));
        if (channel instanceof FileChannel file) {
            return file;
        }
        channel.close();
        throw new IOException(path(names) + " lies on a file system that cannot be written to at any place");
    }

    @Override
    public Stay stay() {
        var staying = new LastFolder();
        LAST.set(staying);
        return staying;
    }

    /** The folder that a thread has last opened a file in. What it leads to stays the same whatever becomes of its name meanwhile. */
    private final class LastFolder implements Stay {
        private List<String> names = List.of();
        private @Nullable SecureDirectoryStream<Path> stream;

        SecureDirectoryStream<Path> folderOf(List<String> file, boolean create) throws IOException {
            var above = file.subList(0, file.size() - 1);
            var open = stream;
            if (open == null || !names.equals(above)) {
                end();
                open = SecureTree.this.folderOf(file, create);
                names = above;
                stream = open;
            }
            return open;
        }

        boolean isOf(SecureTree tree) {
            return tree == SecureTree.this;
        }

        private void end() {
            var open = stream;
            stream = null;
            if (open != null) {
                try {
                    open.close();
                } catch (IOException e) {
                    LOG.debug("A folder below {} did not close", base, e);
                }
            }
        }

        @Override
        public void close() {
            LAST.remove();
            end();
        }
    }

    /** A pipe or device would be opened, and might block for ever. */
    private void checkRegular(SecureDirectoryStream<Path> folder, Path name, List<String> names, Access access)
            throws IOException {
        if (access.creates()) {
            return;
        }
        var attributes = attributes(folder, name);
        if (attributes.isSymbolicLink()) {
            throw DiskTrouble.isLink(path(names));
        }
        if (!attributes.isRegularFile()) {
            throw DiskTrouble.isNoFile(path(names));
        }
    }

    private static Set<OpenOption> options(Access access) {
        return switch (access) {
            case READ -> Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
            case WRITE -> Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
            case CREATE, CREATE_EXECUTABLE ->
                Set.of(
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.CREATE_NEW,
                        LinkOption.NOFOLLOW_LINKS);
        };
    }

    @Override
    public Optional<BasicFileAttributes> look(List<String> names) throws IOException {
        try (var folder = folderOf(names, false)) {
            return Optional.of(attributes(folder, last(names)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    @Override
    public synchronized void link(List<String> names, Path target) throws IOException {
        try (var folder = folderOf(names, true);
                var top = top()) {
            Files.createSymbolicLink(base.resolve(temporary), target);
            try {
                if (exists(folder, last(names))) {
                    throw new FileAlreadyExistsException(path(names).toString());
                }
                top.move(temporary, folder, last(names));
            } finally {
                Files.deleteIfExists(base.resolve(temporary));
            }
        }
    }

    /** A rename takes the place of what is there: so that this is nobody else's, an empty file is made first, where nothing was. */
    @Override
    public void take(Tree other, List<String> old, List<String> names) throws IOException {
        if (!(other instanceof SecureTree before)) {
            throw new AtomicMoveNotSupportedException(
                    other.path(old).toString(), path(names).toString(), "other ways");
        }
        try (var source = before.folderOf(old, false);
                var folder = folderOf(names, true)) {
            folder.newByteChannel(last(names), options(Access.CREATE)).close();
            try {
                source.move(before.last(old), folder, last(names));
            } catch (IOException e) {
                folder.deleteFile(last(names));
                throw e;
            }
        }
    }

    @Override
    public void modified(List<String> names, FileTime time) throws IOException {
        try (var folder = folderOf(names, false)) {
            folder.getFileAttributeView(last(names), BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                    .setTimes(time, null, null);
        }
    }

    @Override
    public void deleteFile(List<String> names) throws IOException {
        try (var folder = folderOf(names, false)) {
            folder.deleteFile(last(names));
        }
    }

    @Override
    public void deleteFolder(List<String> names) throws IOException {
        try (var folder = folderOf(names, false)) {
            folder.deleteDirectory(last(names));
        }
    }

    private SecureDirectoryStream<Path> folderOf(List<String> names, boolean create) throws IOException {
        if (create && !Files.isDirectory(base)) {
            Files.createDirectories(base);
        }
        var folder = top();
        for (int depth = 1; depth < names.size(); depth++) {
            try (var above = folder) {
                folder = below(above, names.subList(0, depth), create);
            }
        }
        return folder;
    }

    private SecureDirectoryStream<Path> below(SecureDirectoryStream<Path> above, List<String> names, boolean create)
            throws IOException {
        var name = last(names);
        try {
            return above.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException e) {
            if (!create) {
                throw e;
            }
            make(above, name);
            return above.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS);
        } catch (FileSystemException e) {
            throw exists(above, name) && attributes(above, name).isSymbolicLink() ? DiskTrouble.isLink(path(names)) : e;
        }
    }

    /** Under a lock for the one temporary name. Whoever made the same folder in between is welcome. */
    private synchronized void make(SecureDirectoryStream<Path> above, Path name) throws IOException {
        if (exists(above, name)) {
            return;
        }
        try (var top = top()) {
            Files.createDirectories(base.resolve(temporary));
            top.move(temporary, above, name);
        }
    }

    @SuppressWarnings("StreamResourceLeak") // whoever asked for it closes it
    private SecureDirectoryStream<Path> top() throws IOException {
        var stream = Files.newDirectoryStream(base);
        if (stream instanceof SecureDirectoryStream<Path> secure) {
            return secure;
        }
        stream.close();
        throw new IOException("the file system of " + base + " was changed for another");
    }

    private static BasicFileAttributes attributes(SecureDirectoryStream<Path> folder, Path name) throws IOException {
        var view = folder.getFileAttributeView(name, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        return view.readAttributes();
    }

    private static boolean exists(SecureDirectoryStream<Path> folder, Path name) throws IOException {
        try {
            attributes(folder, name);
            return true;
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    private Path last(List<String> names) {
        return base.getFileSystem().getPath(names.get(names.size() - 1));
    }
}
