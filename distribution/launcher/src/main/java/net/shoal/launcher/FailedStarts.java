package net.shoal.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.slf4j.LoggerFactory;

/**
 * How often in a row a node with plugins began to start and did not get ready, however it ended: a byte each in {@code <home>/cache}.
 * Where the reason is known, and so is not a plugin, it does not count.
 */
final class FailedStarts {
    private static final int SUSPICIOUS = 2;

    private final HomeFolder home;
    private final Path file;

    private FailedStarts(HomeFolder home) {
        this.home = home;
        this.file = home.cache().resolve("failed-starts");
    }

    /** Counts this start as one until {@link #forget}. */
    static FailedStarts begin(HomeFolder home, boolean safe) {
        var starts = new FailedStarts(home);
        if (!safe && starts.hasPlugins()) {
            try {
                Files.write(starts.file, new byte[1], StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            } catch (IOException e) {
                LoggerFactory.getLogger(FailedStarts.class).info("This start is not counted: {}", e.toString());
            }
        }
        return starts;
    }

    private boolean hasPlugins() {
        try (var jars = Files.newDirectoryStream(home.root().resolve("plugins"), "*.jar")) {
            return jars.iterator().hasNext();
        } catch (IOException e) {
            return false;
        }
    }

    /** True if the starts before this one make one think of the plugins. */
    boolean wereSuspicious() {
        return count() > SUSPICIOUS;
    }

    /** True if they do with this one, which has failed. */
    boolean areSuspicious() {
        return count() >= SUSPICIOUS;
    }

    private long count() {
        try {
            return Files.size(file);
        } catch (IOException e) {
            return 0;
        }
    }

    /** It is ready, or something else was the reason. */
    void forget() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LoggerFactory.getLogger(FailedStarts.class).info("Failed starts stay counted: {}", e.toString());
        }
    }
}
