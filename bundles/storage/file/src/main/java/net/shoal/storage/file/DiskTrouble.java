package net.shoal.storage.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.ReadOnlyFileSystemException;
import java.util.Locale;
import java.util.Optional;
import net.shoal.api.transfer.StorageException;
import net.shoal.api.transfer.StorageException.Trouble;

/**
 * What went wrong with the disk: of what kind, and in sentences for the user. Java tells some kinds by the exception's type; for the others it
 * gives the system's own words, which may be in the user's language, so that the disk is looked at too.
 */
final class DiskTrouble {
    private static final long NEXT_TO_NOTHING = 64 << 10;

    private DiskTrouble() {}

    static IOException isLink(Path path) {
        return new StorageException(
                Trouble.REFUSED,
                path + " is a link; downloads are not written through links",
                "put a folder or file in its place");
    }

    static IOException isNoFile(Path path) {
        return notOurs(path + " is not a file, and not part of this download");
    }

    static IOException isNoFolder(Path path) {
        return notOurs(path + " is not a folder, and not part of this download");
    }

    static IOException isLonger(Path path, long there, long expected) {
        return notOurs(
                path + " exists and is not part of this download (it has " + there + " bytes, not " + expected + ")");
    }

    private static IOException notOurs(String sentence) {
        return new StorageException(Trouble.REFUSED, sentence, "move it away or choose another folder");
    }

    static IOException cannotWrite(Path path, IOException cause) {
        return of("written", path, cause, true);
    }

    static IOException cannotRead(Path path, IOException cause) {
        return of("read", path, cause, false);
    }

    static IOException cannotDelete(Path path, IOException cause) {
        return of("deleted", path, cause, true);
    }

    private static IOException of(String what, Path path, IOException cause, boolean writing) {
        if (cause instanceof StorageException) {
            return cause;
        }
        var found = byType(cause).or(() -> byWords(wordsOf(cause))).orElseGet(() -> byLooking(path, cause, writing));
        return new StorageException(
                found.trouble, path + " cannot be " + what + ": " + found.reason, found.hint, cause);
    }

    private record Finding(Trouble trouble, String reason, String hint) {}

    private static final Finding FULL = new Finding(Trouble.DISK_FULL, "the disk is full", "make room");
    private static final Finding READ_ONLY =
            new Finding(Trouble.READ_ONLY, "the disk is read-only", "choose another folder or mount it for writing");
    private static final Finding DENIED = new Finding(
            Trouble.NO_PERMISSION, "permission denied", "give this user the right to, or choose another folder");
    private static final Finding GONE =
            new Finding(Trouble.MISSING, "it is not there any more", "put it back or download it anew");
    private static final Finding EXHAUSTED =
            new Finding(Trouble.EXHAUSTED, "too many files are open", "raise the limit, as with ulimit -n 4096");

    private static Optional<Finding> byType(IOException cause) {
        if (cause instanceof AccessDeniedException) {
            return Optional.of(DENIED);
        }
        if (cause instanceof NoSuchFileException) {
            return Optional.of(GONE);
        }
        if (cause instanceof FileAlreadyExistsException) {
            return Optional.of(new Finding(
                    Trouble.REFUSED, "another program has made a file of that name meanwhile", "move it away"));
        }
        if (cause instanceof NotDirectoryException || cause instanceof DirectoryNotEmptyException) {
            return Optional.of(
                    new Finding(Trouble.REFUSED, "something else lies in the place of its folder", "move it away"));
        }
        return Optional.empty();
    }

    private static String wordsOf(IOException cause) {
        var given = cause instanceof FileSystemException system ? system.getReason() : cause.getMessage();
        return Optional.ofNullable(given).orElse(cause.toString());
    }

    private static Optional<Finding> byWords(String words) {
        var lower = words.toLowerCase(Locale.ROOT);
        if (lower.contains("read-only")) {
            return Optional.of(READ_ONLY);
        }
        if (lower.contains("quota")) {
            return Optional.of(new Finding(Trouble.DISK_FULL, "the disk quota of this user is used up", "make room"));
        }
        if (lower.contains("no space") || lower.contains("not enough space")) {
            return Optional.of(FULL);
        }
        if (lower.contains("too many open files")) {
            return Optional.of(EXHAUSTED);
        }
        if (lower.contains("not permitted")) {
            return Optional.of(DENIED);
        }
        if (lower.contains("too large")) {
            return Optional.of(new Finding(
                    Trouble.REFUSED,
                    "the file is larger than this file system can hold",
                    "choose a folder on another disk"));
        }
        if (lower.contains("name too long")) {
            return Optional.of(new Finding(
                    Trouble.REFUSED,
                    "its path is longer than this system can handle",
                    "choose a folder with a shorter one"));
        }
        if (lower.contains("input/output error")) {
            return Optional.of(new Finding(Trouble.IO_ERROR, "the disk reports an error of its own", "check the disk"));
        }
        return Optional.empty();
    }

    private static Finding byLooking(Path path, IOException cause, boolean writing) {
        if (isExhausted()) {
            return EXHAUSTED;
        }
        var there = path.toAbsolutePath();
        while (there.getParent() != null && !Files.exists(there)) {
            there = there.getParent();
        }
        try {
            var disk = Files.getFileStore(there);
            if (writing && disk.isReadOnly()) {
                return READ_ONLY;
            }
            if (writing && disk.getUsableSpace() < NEXT_TO_NOTHING) {
                return FULL;
            }
            if (writing && !Files.isWritable(there)) {
                return DENIED;
            }
        } catch (IOException | ReadOnlyFileSystemException e) {
            cause.addSuppressed(e);
        }
        return new Finding(Trouble.IO_ERROR, wordsOf(cause), "put it right, and the transfer goes on by itself");
    }

    /** True if what fails may be for want of descriptors. */
    static boolean isForWantOfDescriptors(IOException cause) {
        return byType(cause).isEmpty()
                && (byWords(wordsOf(cause)).filter(EXHAUSTED::equals).isPresent() || isExhausted());
    }

    /** Not even a file that is there for sure can be opened. */
    private static boolean isExhausted() {
        var known = Path.of(System.getProperty("java.home", "."), "release");
        if (!Files.exists(known)) {
            return false;
        }
        try (var open = FileChannel.open(known)) {
            return !open.isOpen();
        } catch (IOException e) {
            return true;
        }
    }
}
