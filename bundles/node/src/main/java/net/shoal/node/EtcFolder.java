package net.shoal.node;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import net.shoal.api.node.StateFile;
import org.jspecify.annotations.Nullable;

/** The folder {@code <home>/etc} and what was last read from it. Not safe for use by several threads. */
final class EtcFolder {
    private static final String SUFFIX = ".cfg";
    /** A configuration is a page of text; more is a mistake. */
    private static final long LARGEST = 1 << 20;

    private final Path folder;
    private final Map<String, Loaded> files = new TreeMap<>();

    EtcFolder(Path folder) {
        this.folder = folder;
    }

    /** A file as it was when it was last read; or why it could not be. */
    record Loaded(Path path, Stamp stamp, ConfigFile file, Optional<String> problem) {}

    /** What changes when a file does. */
    record Stamp(FileTime modified, long size, @Nullable Object key) {}

    /** By name without {@code .cfg}. */
    Map<String, Loaded> files() {
        return files;
    }

    /** Looks for files that came, went or changed. */
    boolean refresh() {
        var seen = new HashMap<String, Stamp>();
        try (var entries = Files.newDirectoryStream(folder, "[!.]*" + SUFFIX)) {
            for (var entry : entries) {
                stamp(entry).ifPresent(stamp -> seen.put(nameOf(entry), stamp));
            }
        } catch (IOException e) {
            return false; // the home check tells of a folder that cannot be read; the running values stay
        }
        boolean changed = files.keySet().retainAll(seen.keySet());
        for (var entry : seen.entrySet()) {
            var before = files.get(entry.getKey());
            if (before == null || !before.stamp.equals(entry.getValue())) {
                files.put(entry.getKey(), load(pathOf(entry.getKey()), entry.getValue()));
                changed = true;
            }
        }
        return changed;
    }

    /** Replaces a file in one step: whoever reads it, also after a power cut, sees the old one or the new one. */
    void write(String name, ConfigFile file) throws IOException {
        var path = pathOf(name);
        if (file.lines().isEmpty()) {
            Files.deleteIfExists(path);
            return;
        }
        StateFile.replace(path, file.text().getBytes(UTF_8));
    }

    Path pathOf(String name) {
        return folder.resolve(name + SUFFIX);
    }

    private static String nameOf(Path path) {
        var name = Objects.requireNonNull(path.getFileName()).toString();
        return name.substring(0, name.length() - SUFFIX.length());
    }

    private static Optional<Stamp> stamp(Path path) {
        try {
            var attributes = Files.readAttributes(path, BasicFileAttributes.class);
            return Optional.of(new Stamp(attributes.lastModifiedTime(), attributes.size(), attributes.fileKey()));
        } catch (IOException e) {
            return Optional.empty(); // gone since it was listed
        }
    }

    private static Loaded load(Path path, Stamp stamp) {
        if (stamp.size > LARGEST) {
            return new Loaded(path, stamp, ConfigFile.EMPTY, Optional.of("is larger than 1 MiB"));
        }
        try {
            return new Loaded(path, stamp, ConfigFile.parse(Files.readString(path, UTF_8)), Optional.empty());
        } catch (CharacterCodingException e) {
            return new Loaded(path, stamp, ConfigFile.EMPTY, Optional.of("is not UTF-8 text; save it as UTF-8"));
        } catch (NoSuchFileException e) {
            return new Loaded(path, stamp, ConfigFile.EMPTY, Optional.empty());
        } catch (IOException e) {
            return new Loaded(path, stamp, ConfigFile.EMPTY, Optional.of("cannot be read: " + e.getMessage()));
        }
    }
}
