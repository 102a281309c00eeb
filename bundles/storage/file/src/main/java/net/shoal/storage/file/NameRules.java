package net.shoal.storage.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Set;

/**
 * What names a file system can hold.
 *
 * @param foldsCase true if names that differ only in case, or in how Unicode composes them, are one
 * @param windows true if the characters and names that Windows forbids cannot be had
 */
record NameRules(boolean foldsCase, boolean windows) {
    private static final Set<String> LIKE_WINDOWS =
            Set.of("vfat", "msdos", "exfat", "ntfs3", "cifs", "smb2", "smb3", "smbfs");

    /** Of the folder, or the nearest one above it that is there. Deterministic, and writes nothing. */
    static NameRules of(Path folder) {
        var there = folder;
        while (there != null && !Files.isDirectory(there)) {
            there = there.getParent();
        }
        var system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        boolean windows = system.startsWith("windows") || (there != null && LIKE_WINDOWS.contains(typeOf(there)));
        boolean folds = windows || (there == null ? system.startsWith("mac") : foldsCase(there, system));
        return new NameRules(folds, windows);
    }

    /** What names that cannot live side by side have in common. */
    String fold(String name) {
        return foldsCase
                ? Normalizer.normalize(name, Normalizer.Form.NFC)
                        .toUpperCase(Locale.ROOT)
                        .toLowerCase(Locale.ROOT)
                : name;
    }

    private static String typeOf(Path folder) {
        try {
            return Files.getFileStore(folder).type().toLowerCase(Locale.ROOT);
        } catch (IOException e) {
            return "";
        }
    }

    /** Asks for the folder by its name in another case: the same folder answers only where case does not count. */
    private static boolean foldsCase(Path folder, String system) {
        var name = folder.getFileName();
        if (name == null || swapped(name.toString()).equals(name.toString())) {
            return system.startsWith("mac");
        }
        try {
            return Files.isSameFile(folder, folder.resolveSibling(swapped(name.toString())));
        } catch (IOException e) {
            return false;
        }
    }

    private static String swapped(String name) {
        var upper = name.toUpperCase(Locale.ROOT);
        return upper.equals(name) ? name.toLowerCase(Locale.ROOT) : upper;
    }
}
