package net.shoal.api.node;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * How a file of the node's own state is replaced, in one step: whoever reads it, killed processes notwithstanding, finds the old content or the
 * new, whole. While it is being replaced there is a file NAME.new beside it. Blocks.
 */
public final class StateFile {
    private static final Set<StandardOpenOption> ANEW =
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);

    private StateFile() {}

    /** After this the new content also outlives a power cut; if it fails, there is the old one or the new. Makes the folders above it. */
    public static void replace(Path file, byte[] content) throws IOException {
        replace(file, content, true, false);
    }

    /**
     * Quicker: content that outlives the process, but not a power cut, after which there may be the old one, nothing or rubbish. For what is
     * of no use then, and can tell so.
     */
    public static void replaceForThisBoot(Path file, byte[] content) throws IOException {
        replace(file, content, false, false);
    }

    /** As {@link #replace(Path, byte[])}, and nobody but the user may read it, where the file system knows of users: mode 0600. */
    public static void replaceSecret(Path file, byte[] content) throws IOException {
        replace(file, content, true, true);
    }

    private static void replace(Path file, byte[] content, boolean lasting, boolean secret) throws IOException {
        var folder = file.toAbsolutePath().getParent();
        var name = file.getFileName();
        if (folder == null || name == null) {
            throw new IOException(file + " is no file");
        }
        makeFolder(folder);
        var temporary = folder.resolve(name + ".new");
        write(temporary, content, lasting, secret);
        try {
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING);
        }
        if (lasting) {
            syncFolder(folder);
        }
    }

    private static void write(Path file, byte[] content, boolean lasting, boolean secret) throws IOException {
        try (var out = secret ? openSecret(file) : FileChannel.open(file, ANEW)) {
            var rest = ByteBuffer.wrap(content);
            while (rest.hasRemaining()) {
                out.write(rest);
            }
            if (lasting) {
                out.force(true);
            }
        }
    }

    /** Never readable for others, not even before there is something in it; one that was left over may be. */
    private static FileChannel openSecret(Path file) throws IOException {
        if (!file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return FileChannel.open(file, ANEW);
        }
        Files.deleteIfExists(file);
        return FileChannel.open(
                file,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }

    /** Makes a folder, and those above it, which outlive a power cut. */
    public static void makeFolder(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        var above = folder.getParent();
        if (above != null) {
            makeFolder(above);
        }
        Files.createDirectories(folder);
        if (above != null) {
            syncFolder(above);
        }
    }

    /** Names outlive a power cut only once their folder is synced. Windows does not let folders be opened, and needs no such thing. */
    private static void syncFolder(Path folder) throws IOException {
        try (var channel = FileChannel.open(folder)) {
            channel.force(true);
        } catch (AccessDeniedException e) {
            // as said
        }
    }
}
