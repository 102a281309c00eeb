package net.shoal.ui.rest;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.shoal.base.metainfo.SafeNames;

/** Names of the entries of an archive: such as any file system can hold, none leads out of the folder, and no two are the same there. */
final class ZipNames {
    private final String root;
    private final Set<String> taken = new HashSet<>();

    /** @param root folder that all of it is in */
    ZipNames(String root) {
        this.root = SafeNames.forAnyFileSystem(root);
    }

    String next(String path) {
        var safe = root + "/"
                + Stream.of(path.split("/", -1))
                        .map(SafeNames::forAnyFileSystem)
                        .collect(Collectors.joining("/"));
        int slash = safe.lastIndexOf('/');
        int dot = safe.lastIndexOf('.');
        int end = dot > slash + 1 ? dot : safe.length();
        var name = safe;
        // also where capitals do not count, as on Windows
        for (int i = 2; !taken.add(name.toLowerCase(Locale.ROOT)); i++) {
            name = safe.substring(0, end) + " (" + i + ")" + safe.substring(end);
        }
        return name;
    }
}
