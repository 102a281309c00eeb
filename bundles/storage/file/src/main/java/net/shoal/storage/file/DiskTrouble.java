package net.shoal.storage.file;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** What went wrong with the disk, in sentences for the user: what, where, and what to do about it. */
final class DiskTrouble extends IOException {
    private static final long serialVersionUID = 1;
    private static final long NEXT_TO_NOTHING = 64 << 10;

    private DiskTrouble(String sentence, IOException cause) {
        super(sentence, cause);
    }

    private DiskTrouble(String sentence) {
        super(sentence);
    }

    static IOException isLink(Path path) {
        return new DiskTrouble(
                path + " is a link; downloads are not written through links, so put a folder or file in its place");
    }

    static IOException isNoFile(Path path) {
        return new DiskTrouble(
                path + " is not a file, and not part of this download; move it away or choose another folder");
    }

    static IOException isNoFolder(Path path) {
        return new DiskTrouble(
                path + " is not a folder, and not part of this download; move it away or choose another folder");
    }

    static IOException isLonger(Path path, long there, long expected) {
        return new DiskTrouble(path + " exists and is not part of this download (it has " + there + " bytes, not "
                + expected + "); move it away or choose another folder");
    }

    static IOException cannotWrite(Path path, IOException cause) {
        return of("written", path, cause, isFull(path));
    }

    static IOException cannotRead(Path path, IOException cause) {
        return of("read", path, cause, false);
    }

    static IOException cannotDelete(Path path, IOException cause) {
        return of("deleted", path, cause, false);
    }

    private static IOException of(String what, Path path, IOException cause, boolean full) {
        if (cause instanceof DiskTrouble) {
            return cause;
        }
        var sentence = path + " cannot be " + what + ": " + reason(cause, full);
        return new DiskTrouble(sentence, cause);
    }

    private static String reason(IOException cause, boolean full) {
        if (cause instanceof AccessDeniedException) {
            return "permission denied; give this user the right to, or choose another folder";
        }
        if (cause instanceof NoSuchFileException) {
            return "it is not there any more; put it back or download it anew";
        }
        if (cause instanceof FileAlreadyExistsException) {
            return "another program has made a file of that name meanwhile; move it away";
        }
        if (cause instanceof NotDirectoryException || cause instanceof DirectoryNotEmptyException) {
            return "something else lies in the place of its folder; move it away";
        }
        return byMessage(cause, full);
    }

    /** Java gives the system's own words, which may be in the user's language: a full disk is also known by its free space. */
    private static String byMessage(IOException cause, boolean full) {
        var given = cause instanceof FileSystemException system ? system.getReason() : cause.getMessage();
        var words = Optional.ofNullable(given).orElse(cause.toString());
        var lower = words.toLowerCase(Locale.ROOT);
        if (lower.contains("read-only")) {
            return "the disk is read-only; choose another folder or mount it for writing";
        }
        if (lower.contains("quota")) {
            return "the disk quota of this user is used up; make room";
        }
        if (lower.contains("no space") || lower.contains("not enough space") || full) {
            return "the disk is full; make room";
        }
        if (lower.contains("too many open files")) {
            return "too many files are open; raise the limit, as with ulimit -n 4096";
        }
        if (lower.contains("too large")) {
            return "the file is larger than this file system can hold; choose a folder on another disk";
        }
        if (lower.contains("name too long")) {
            return "its path is longer than this system can handle; choose a folder with a shorter one";
        }
        if (lower.contains("input/output error")) {
            return "the disk reports an error of its own; check it";
        }
        return words;
    }

    private static boolean isFull(Path path) {
        var there = path;
        while (there != null && !Files.exists(there)) {
            there = there.getParent();
        }
        try {
            return there != null && Files.getFileStore(there).getUsableSpace() < NEXT_TO_NOTHING;
        } catch (IOException e) {
            return false;
        }
    }
}
