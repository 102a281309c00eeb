package net.shoal.engine.transfer;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.util.Optional;

/** Tells one run of the operating system from the next: within one, what was written is there, also if it was not synced. */
final class Boot {
    private Boot() {}

    /** Nothing where the system does not tell, as anywhere but on Linux; then each start of the node may be one of the system. */
    static Optional<String> id(FileSystem system) {
        try {
            var id = Files.readString(system.getPath("/proc/sys/kernel/random/boot_id"))
                    .trim();
            return id.isEmpty() ? Optional.empty() : Optional.of(id);
        } catch (IOException | RuntimeException e) {
            return Optional.empty();
        }
    }
}
