package net.shoal.ui.rest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** How much room there is. */
final class Disks {
    private Disks() {}

    /** Of the disk that holds a path, or will hold it once its folders are made. */
    static Optional<Object> of(Path path) {
        for (var there = path; there != null; there = there.getParent()) {
            if (Files.exists(there)) {
                return at(there);
            }
        }
        return Optional.empty();
    }

    private static Optional<Object> at(Path path) {
        try {
            var store = Files.getFileStore(path);
            return Optional.of(Json.object(
                    "path", path.toString(), "free", store.getUsableSpace(), "total", store.getTotalSpace()));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
