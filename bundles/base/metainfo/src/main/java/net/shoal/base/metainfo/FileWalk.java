package net.shoal.base.metainfo;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Lists a file or a folder on disk. Skips nothing in silence: links to files and folders inside are followed; one that leads outside, nowhere
 * or in a circle, and whatever is neither file nor folder, is refused by name.
 */
@SuppressWarnings("DoNotCallSuggester")
public final class FileWalk {
    private FileWalk() {}

    /** @throws IOException with a sentence that names the file and says what can be done */
    public static SourceTree list(Path root) throws IOException {
        throw new UnsupportedOperationException(root.toString());
    }
}
