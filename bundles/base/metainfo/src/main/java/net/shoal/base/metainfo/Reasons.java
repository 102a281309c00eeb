package net.shoal.base.metainfo;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;

/** Says in words what an {@link IOException} of the JDK says by its type, where the message is but the path. */
final class Reasons {
    private Reasons() {}

    static String of(IOException problem) {
        if (problem instanceof NoSuchFileException) {
            return "it is no longer there";
        }
        if (problem instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (problem instanceof FileSystemException named) {
            return Optional.ofNullable(named.getReason())
                    .orElse(problem.getClass().getSimpleName());
        }
        var message = Optional.ofNullable(problem.getMessage())
                .orElse(problem.getClass().getSimpleName());
        return message.endsWith(".") ? message.substring(0, message.length() - 1) : message;
    }
}
