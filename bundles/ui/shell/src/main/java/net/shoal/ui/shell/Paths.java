package net.shoal.ui.shell;

import java.nio.file.Path;

/** Where paths in a request are meant from. */
final class Paths {
    private Paths() {}

    static Path cwd(String text) {
        var cwd = Path.of(text.isEmpty() ? "/" : text);
        if (!cwd.isAbsolute()) {
            throw new IllegalArgumentException("'cwd' of a request is an absolute path, unlike '" + text + "'");
        }
        return cwd;
    }
}
