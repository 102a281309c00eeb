package net.shoal.storage.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** Files beside the folder that a torrent may write to: whatever happens to them is a break-out. */
final class Canary {
    private final Path top;
    private final Path root;

    /** @param root the folder below {@code top} in which all may change */
    Canary(Path top, Path root) throws IOException {
        this.top = top;
        this.root = root;
        Files.createDirectories(folder().resolve("a"));
        Files.writeString(folder().resolve("secret"), "sing");
        Files.writeString(folder().resolve("a/secret"), "sing");
        Files.writeString(top.resolve("x"), "sing");
    }

    Path folder() {
        return top.resolve("canary");
    }

    /** All there is outside the root, with content. */
    Map<String, String> outside() throws IOException {
        var all = new TreeMap<String, String>();
        try (var paths = Files.walk(top)) {
            for (var path : (Iterable<Path>) paths.filter(path -> !path.startsWith(root))::iterator) {
                boolean isFile = Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS);
                all.put(top.relativize(path).toString(), isFile ? Files.readString(path) : "");
            }
        }
        return all;
    }
}
