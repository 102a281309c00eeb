package net.shoal.base.metainfo;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.FileVisitor;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lists a file or a folder on disk. Skips nothing in silence: links to files and folders inside are followed; one that leads outside, nowhere
 * or in a circle, and whatever is neither file nor folder, is refused by name.
 */
public final class FileWalk {
    private final Path root;
    private final List<SourceFile> files = new ArrayList<>();
    private final List<List<String>> emptyFolders = new ArrayList<>();

    private FileWalk(Path root) {
        this.root = root;
    }

    /** @throws IOException with a sentence that names the file and says what can be done */
    public static SourceTree list(Path path) throws IOException {
        // the name is the one the user gave, also where it is that of a link
        var given = path.toAbsolutePath().normalize();
        var name = given.getFileName();
        if (name == null) {
            throw new IOException("The root of a file system cannot be shared: name a folder below " + given + ".");
        }
        var real = realPath(given);
        var attributes = Files.readAttributes(real, BasicFileAttributes.class);
        if (attributes.isDirectory()) {
            return new FileWalk(real).walk(text(name));
        }
        if (!attributes.isRegularFile()) {
            throw special(given);
        }
        var file = new DiskFile(List.of(text(name)), real, attributes.size(), attributes.lastModifiedTime());
        return new SourceTree(text(name), true, List.of(file), List.of());
    }

    private static Path realPath(Path path) throws IOException {
        try {
            return path.toRealPath();
        } catch (NoSuchFileException e) {
            throw new IOException(
                    Files.isSymbolicLink(path)
                            ? path
                                    + " is a link to something that does not exist: remove it, or bring back what it leads to."
                            : path + " does not exist.",
                    e);
        } catch (FileSystemLoopException e) {
            throw loop(path, e);
        }
    }

    private SourceTree walk(String name) throws IOException {
        Files.walkFileTree(root, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, new Visitor());
        return new SourceTree(name, false, files, emptyFolders);
    }

    private final class Visitor implements FileVisitor<Path> {
        /** Files and folders seen when each of the folders we are in was entered. */
        private final List<Integer> seenBefore = new ArrayList<>();

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
            refuseLinkOutside(folder);
            seenBefore.add(files.size() + emptyFolders.size());
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            refuseLinkOutside(file);
            if (!attributes.isRegularFile()) {
                // a link that leads nowhere is visited as itself
                if (attributes.isSymbolicLink()) {
                    realPath(file);
                }
                throw special(file);
            }
            files.add(new DiskFile(names(file), file, attributes.size(), attributes.lastModifiedTime()));
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException problem) throws IOException {
            if (problem instanceof FileSystemLoopException) {
                throw loop(file, problem);
            }
            throw new IOException(file + " cannot be read: " + Reasons.of(problem) + ".", problem);
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException problem) throws IOException {
            if (problem != null) {
                return visitFileFailed(folder, problem);
            }
            int before = seenBefore.remove(seenBefore.size() - 1);
            if (files.size() + emptyFolders.size() == before && !folder.equals(root)) {
                emptyFolders.add(names(folder));
            }
            return FileVisitResult.CONTINUE;
        }
    }

    private void refuseLinkOutside(Path path) throws IOException {
        if (Files.isSymbolicLink(path) && !realPath(path).startsWith(root)) {
            throw new IOException(path + " is a link to " + realPath(path)
                    + ", outside the folder that is shared: remove it, or put what it leads to in its place.");
        }
    }

    private List<String> names(Path path) throws IOException {
        var names = new ArrayList<String>();
        for (var name : root.relativize(path)) {
            names.add(text(name));
        }
        return Collections.unmodifiableList(names);
    }

    /** Refuses what would come out garbled: the bytes of a name that the system's character encoding does not know. */
    private static String text(Path name) throws IOException {
        var text = name.toString();
        if (!name.getFileSystem().getPath(text).equals(name) || text.indexOf('\uFFFD') >= 0) {
            throw new IOException(
                    "The name of the file " + Names.quote(text)
                            + " cannot be understood in this system's character encoding: rename it, or run with a UTF-8 locale (LC_ALL=C.UTF-8).");
        }
        return text;
    }

    private static IOException special(Path path) {
        return new IOException(path + " is neither a file nor a folder and cannot be shared: move it elsewhere.");
    }

    private static IOException loop(Path path, IOException cause) {
        return new IOException(path + " is a link that leads in a circle: remove it.", cause);
    }

    /** A file, and what it was like when it was listed. */
    private record DiskFile(List<String> path, Path file, long length, FileTime modified) implements SourceFile {
        @Override
        public boolean isExecutable() {
            try {
                return Files.getPosixFilePermissions(file).contains(PosixFilePermission.OWNER_EXECUTE);
            } catch (UnsupportedOperationException | IOException e) {
                // Windows, where every file would be executable
                return false;
            }
        }

        @Override
        public SeekableByteChannel open() throws IOException {
            return Files.newByteChannel(file, StandardOpenOption.READ);
        }

        @Override
        public void checkUnchanged() throws IOException {
            var now = Files.readAttributes(file, BasicFileAttributes.class);
            if (now.size() != length || !now.lastModifiedTime().equals(modified)) {
                throw new IOException("it was written to while it was hashed; try again when nothing changes it");
            }
        }

        @Override
        public String toString() {
            return file.toString();
        }
    }
}
