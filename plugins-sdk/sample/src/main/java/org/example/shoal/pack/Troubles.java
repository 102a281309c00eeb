package org.example.shoal.pack;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import net.shoal.api.transfer.StorageException;
import net.shoal.api.transfer.StorageException.Trouble;

/** Failures of a disk as the node wants them: what kind, where, what to do. It tries again by itself. */
final class Troubles {
    private Troubles() {}

    static IOException of(Path path, IOException cause) {
        if (cause instanceof StorageException) {
            return cause;
        }
        if (cause instanceof NoSuchFileException) {
            return trouble(Trouble.MISSING, path + " is not there any more", "put it back", cause);
        }
        if (cause instanceof AccessDeniedException) {
            return trouble(
                    Trouble.NO_PERMISSION, path + " may not be used by this user", "give it the right to", cause);
        }
        var message = String.valueOf(cause.getMessage());
        if (message.contains("No space left")) {
            return trouble(Trouble.DISK_FULL, "the disk of " + path + " is full", "make room", cause);
        }
        if (message.contains("Read-only")) {
            return trouble(
                    Trouble.READ_ONLY, path + " lies on a disk that cannot be written to", "mount it otherwise", cause);
        }
        return trouble(Trouble.IO_ERROR, path + ": " + message, "look after the disk", cause);
    }

    private static StorageException trouble(Trouble trouble, String message, String hint, IOException cause) {
        return new StorageException(trouble, message, hint, cause);
    }
}
