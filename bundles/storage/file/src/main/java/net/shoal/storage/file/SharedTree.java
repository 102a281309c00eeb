package net.shoal.storage.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.ReadOnlyFileSystemException;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Optional;

/** What a user shares in place, for reading: here links are the user's own, and followed. Only what the hashes vouch for is ever served. */
final class SharedTree implements Tree {
    private final Path base;

    SharedTree(Path base) {
        this.base = base;
    }

    @Override
    public Path path(List<String> names) {
        return base.resolve(String.join(base.getFileSystem().getSeparator(), names));
    }

    @Override
    public FileChannel open(List<String> names, Access access) throws IOException {
        if (access.writes()) {
            throw new ReadOnlyFileSystemException();
        }
        var path = path(names);
        if (!Files.readAttributes(path, BasicFileAttributes.class).isRegularFile()) {
            throw DiskTrouble.isNoFile(path);
        }
        return FileChannel.open(path, StandardOpenOption.READ);
    }

    @Override
    public Optional<BasicFileAttributes> look(List<String> names) throws IOException {
        try {
            return Optional.of(Files.readAttributes(path(names), BasicFileAttributes.class));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    @Override
    public void link(List<String> names, Path target) {
        throw new ReadOnlyFileSystemException();
    }

    @Override
    public void take(Tree other, List<String> old, List<String> names) {
        throw new ReadOnlyFileSystemException();
    }

    @Override
    public void modified(List<String> names, FileTime time) {
        throw new ReadOnlyFileSystemException();
    }

    @Override
    public void deleteFile(List<String> names) {
        throw new ReadOnlyFileSystemException();
    }

    @Override
    public void deleteFolder(List<String> names) {
        throw new ReadOnlyFileSystemException();
    }
}
