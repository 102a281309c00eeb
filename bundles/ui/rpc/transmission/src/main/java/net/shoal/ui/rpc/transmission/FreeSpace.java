package net.shoal.ui.rpc.transmission;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * How much room there is on a disk, in bytes.
 *
 * @param free what this user may fill
 */
record FreeSpace(long free, long total) {
    /** Of the disk that holds a path, or will hold it once its folders are made. */
    static Optional<FreeSpace> of(Path path) {
        for (var there = path; there != null; there = there.getParent()) {
            if (Files.exists(there)) {
                return at(there);
            }
        }
        return Optional.empty();
    }

    private static Optional<FreeSpace> at(Path path) {
        try {
            var store = Files.getFileStore(path);
            return Optional.of(new FreeSpace(store.getUsableSpace(), store.getTotalSpace()));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** {@code free-space}. */
    static Map<String, ?> answer(Arguments arguments) throws RpcException {
        var text = arguments.text("path").orElseThrow(() -> new RpcException("path is missing"));
        var space = of(AbsolutePath.parse("path", text))
                .orElseThrow(() -> new RpcException("how much room there is at " + text + " cannot be told"));
        return Map.of("path", text, "size-bytes", space.free(), "total_size", space.total());
    }
}
