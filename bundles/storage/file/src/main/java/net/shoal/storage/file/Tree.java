package net.shoal.storage.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Optional;

/**
 * The files below one folder that the user chose, each reached by its names from there. The folder itself is taken as it is, links and all;
 * what lies below is never reached through one.
 */
interface Tree {
    /** What a file is opened for. */
    enum Access {
        READ,
        /** Also for writing; the file must be there. */
        WRITE,
        /** Also for writing; the file must not be there, the folders above it are made. */
        CREATE,
        /** The same, for a program. */
        CREATE_EXECUTABLE;

        boolean writes() {
            return this != READ;
        }

        boolean creates() {
            return this == CREATE || this == CREATE_EXECUTABLE;
        }
    }

    Path path(List<String> names);

    FileChannel open(List<String> names, Access access) throws IOException;

    /** Until it is closed, this thread opens several files one after the other: the way to the folder of the last is kept for the next. */
    default Stay stay() {
        return () -> {};
    }

    /** Ends with {@link #close}. */
    interface Stay extends AutoCloseable {
        @Override
        void close();
    }

    /** What is there: the link itself where it is one. */
    Optional<BasicFileAttributes> look(List<String> names) throws IOException;

    /** Makes a symbolic link where nothing is, and the folders above it. */
    void link(List<String> names, Path target) throws IOException;

    /**
     * Takes a file, or link, of another tree (or this one) by renaming it, and makes the folders above it. Nothing may be there yet.
     *
     * @throws java.nio.file.AtomicMoveNotSupportedException if it lies on another file system; then nothing has happened
     */
    void take(Tree other, List<String> old, List<String> names) throws IOException;

    /** Gives a file the time of its last change. */
    void modified(List<String> names, FileTime time) throws IOException;

    void deleteFile(List<String> names) throws IOException;

    /** Fails where the folder is not empty. */
    void deleteFolder(List<String> names) throws IOException;

    /**
     * The safest tree that this system has.
     *
     * @param temporary a name, unlike any other, for what is made there and then moved into place
     */
    static Tree below(Path folder, String temporary) {
        return isSecure(folder) ? new SecureTree(folder, temporary) : new CheckedTree(folder);
    }

    private static boolean isSecure(Path folder) {
        var there = folder;
        while (there != null && !Files.isDirectory(there)) {
            there = there.getParent();
        }
        if (there == null) {
            return false;
        }
        try (var stream = Files.newDirectoryStream(there)) {
            return stream instanceof SecureDirectoryStream;
        } catch (IOException e) {
            return false;
        }
    }
}
