package net.shoal.api.transfer;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Where content lies on disk.
 *
 * @param directory absolute; holds the file or folder named like the torrent
 * @param rootName the file's or folder's name on disk where it is not the torrent's own
 * @param renamed path on disk below the root, with {@code /}, of files that a user has renamed, by their index in the info dictionary
 */
public record ContentLocation(Path directory, Optional<String> rootName, Map<Integer, String> renamed) {
    public ContentLocation {
        renamed = Map.copyOf(renamed);
        if (!directory.isAbsolute()) {
            throw new IllegalArgumentException("a content location is absolute, unlike " + directory);
        }
    }

    public static ContentLocation in(Path directory) {
        return new ContentLocation(directory, Optional.empty(), Map.of());
    }

    /** The very file or folder, whatever the torrent calls it. */
    public static ContentLocation at(Path root) {
        var parent = root.getParent();
        var name = root.getFileName();
        if (parent == null || name == null) {
            throw new IllegalArgumentException("the root of a file system cannot be shared: " + root);
        }
        return new ContentLocation(parent, Optional.of(name.toString()), Map.of());
    }

    public Path root(String torrentName) {
        return directory.resolve(rootName.orElse(torrentName));
    }
}
