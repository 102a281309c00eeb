package net.shoal.conformance.disk;

import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.attribute.FileTime;
import java.nio.file.spi.FileSystemProvider;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.shoal.conformance.disk.FragileDisk.Call;
import net.shoal.conformance.disk.FragileDisk.Place;
import org.jspecify.annotations.Nullable;

/** The calls that programs make, on a {@link FragileDisk}. */
final class FragileProvider extends FileSystemProvider {
    private final FragileFileSystem system;
    private final FragileDisk disk;

    FragileProvider(FragileFileSystem system) {
        this.system = system;
        this.disk = system.disk();
    }

    @Override
    public String getScheme() {
        return "fragile";
    }

    @Override
    public FileSystem newFileSystem(URI uri, Map<String, ?> env) {
        throw new UnsupportedOperationException();
    }

    @Override
    public FileSystem getFileSystem(URI uri) {
        return system;
    }

    @Override
    public Path getPath(URI uri) {
        return system.getPath(uri.getPath());
    }

    @Override
    public SeekableByteChannel newByteChannel(
            Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes) throws IOException {
        return newFileChannel(path, options, attributes);
    }

    @Override
    public FileChannel newFileChannel(Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
            throws IOException {
        var file = FragilePath.of(path);
        boolean creates =
                options.contains(StandardOpenOption.CREATE) || options.contains(StandardOpenOption.CREATE_NEW);
        return disk.call(file, creates ? Call.MAKE : Call.OPEN, () -> new FragileChannel(file, open(file, options)));
    }

    private Inode open(FragilePath file, Set<? extends OpenOption> options) throws IOException {
        boolean anew = options.contains(StandardOpenOption.CREATE_NEW);
        var there = lookUp(file);
        if (there == null) {
            if (!anew && !options.contains(StandardOpenOption.CREATE)) {
                throw new NoSuchFileException(file.toString());
            }
            disk.reserve(file, 1);
            there = Inode.file();
            disk.change(place(file, there));
        } else if (anew) {
            throw new FileAlreadyExistsException(file.toString());
        } else if (options.contains(StandardOpenOption.TRUNCATE_EXISTING)) {
            there.resize(0);
        }
        return there;
    }

    private @Nullable Inode lookUp(FragilePath path) throws IOException {
        try {
            return disk.find(path);
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    private Place place(FragilePath path, @Nullable Inode now) throws IOException {
        var names = path.names();
        var above = path.toAbsolutePath().normalize().getParent();
        if (above == null) {
            throw new IOException("the root stays as it is");
        }
        var folder = disk.find(above);
        if (!folder.isFolder) {
            throw new NotDirectoryException(above.toString());
        }
        return new Place(folder, names.get(names.size() - 1), now);
    }

    @Override
    public DirectoryStream<Path> newDirectoryStream(Path path, DirectoryStream.Filter<? super Path> filter)
            throws IOException {
        var folder = FragilePath.of(path);
        var found = disk.call(folder, Call.LIST, () -> {
            var node = disk.find(folder);
            if (!node.isFolder) {
                throw new NotDirectoryException(folder.toString());
            }
            return List.copyOf(node.entries.keySet());
        });
        var accepted = new ArrayList<Path>();
        for (var name : found) {
            var entry = folder.resolve(name);
            if (filter.accept(entry)) {
                accepted.add(entry);
            }
        }
        return new DirectoryStream<>() {
            @Override
            public Iterator<Path> iterator() {
                return accepted.iterator();
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public void createDirectory(Path path, FileAttribute<?>... attributes) throws IOException {
        var folder = FragilePath.of(path);
        disk.call(folder, Call.MAKE, () -> {
            if (lookUp(folder) != null) {
                throw new FileAlreadyExistsException(folder.toString());
            }
            disk.change(place(folder, Inode.folder()));
            return folder;
        });
    }

    @Override
    public void delete(Path path) throws IOException {
        var file = FragilePath.of(path);
        disk.call(file, Call.DELETE, () -> {
            if (!disk.find(file).entries.isEmpty()) {
                throw new DirectoryNotEmptyException(file.toString());
            }
            disk.change(place(file, null));
            return file;
        });
    }

    @Override
    public void copy(Path source, Path target, CopyOption... options) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void move(Path source, Path target, CopyOption... options) throws IOException {
        var from = FragilePath.of(source);
        var to = FragilePath.of(target);
        var replaces = List.of(options);
        disk.call(from, Call.RENAME, () -> {
            var node = disk.find(from);
            if (lookUp(to) != null
                    && !replaces.contains(StandardCopyOption.ATOMIC_MOVE)
                    && !replaces.contains(StandardCopyOption.REPLACE_EXISTING)) {
                throw new FileAlreadyExistsException(to.toString());
            }
            disk.change(place(from, null), place(to, node));
            return to;
        });
    }

    @Override
    public boolean isSameFile(Path one, Path other) {
        return FragilePath.of(one).names().equals(FragilePath.of(other).names());
    }

    @Override
    public boolean isHidden(Path path) {
        return false;
    }

    @Override
    public FileStore getFileStore(Path path) throws IOException {
        checkAccess(path);
        return new FragileStore(disk);
    }

    @Override
    public void checkAccess(Path path, AccessMode... modes) throws IOException {
        var file = FragilePath.of(path);
        disk.call(file, Call.LOOK, () -> disk.find(file));
    }

    @Override
    public <V extends FileAttributeView> @Nullable V getFileAttributeView(
            Path path, Class<V> type, LinkOption... options) {
        return type == BasicFileAttributeView.class ? type.cast(new View(FragilePath.of(path))) : null;
    }

    private record View(FragilePath path) implements BasicFileAttributeView {
        @Override
        public String name() {
            return "basic";
        }

        @Override
        public BasicFileAttributes readAttributes() throws IOException {
            var disk = path.getFileSystem().disk();
            return disk.call(path, Call.LOOK, () -> {
                var node = disk.find(path);
                return new Attributes(node.isFolder, node.size(), FileTime.fromMillis(node.modified()), node);
            });
        }

        @Override
        public void setTimes(@Nullable FileTime modified, @Nullable FileTime accessed, @Nullable FileTime created)
                throws IOException {
            var disk = path.getFileSystem().disk();
            disk.call(path, Call.LOOK, () -> {
                if (modified != null) {
                    disk.find(path).modified(modified.toMillis());
                }
                return path;
            });
        }
    }

    private record Attributes(boolean isDirectory, long size, FileTime lastModifiedTime, Object fileKey)
            implements BasicFileAttributes {
        @Override
        public FileTime lastAccessTime() {
            return lastModifiedTime;
        }

        @Override
        public FileTime creationTime() {
            return lastModifiedTime;
        }

        @Override
        public boolean isRegularFile() {
            return !isDirectory;
        }

        @Override
        public boolean isSymbolicLink() {
            return false;
        }

        @Override
        public boolean isOther() {
            return false;
        }
    }

    @Override
    public <A extends BasicFileAttributes> A readAttributes(Path path, Class<A> type, LinkOption... options)
            throws IOException {
        return type.cast(new View(FragilePath.of(path)).readAttributes());
    }

    @Override
    public Map<String, Object> readAttributes(Path path, String attributes, LinkOption... options) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void setAttribute(Path path, String attribute, Object value, LinkOption... options) {
        throw new UnsupportedOperationException();
    }
}
