package net.shoal.automation.command;

import java.nio.file.Path;
import java.util.Objects;
import net.shoal.api.transfer.TransferStatus;

/**
 * A download that is complete.
 *
 * @param name the author's, so: anything
 * @param path absolute
 * @param size bytes
 */
record Completion(String id, String name, Path path, long size) {
    static Completion of(TransferStatus status) {
        return new Completion(
                status.hashes().hex(), status.name(), status.path().toAbsolutePath(), status.total());
    }

    Path folder() {
        return Objects.requireNonNullElse(path.getParent(), path);
    }

    /** One line, for the log. */
    String label() {
        return CommandOutput.plain(name) + " (" + id.substring(0, Math.min(10, id.length())) + ")";
    }
}
