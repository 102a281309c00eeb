package net.shoal.engine.transfer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.shoal.api.transfer.ContentLocation;
import net.shoal.api.transfer.StorageException;
import net.shoal.api.transfer.StorageException.Trouble;
import net.shoal.api.transfer.StorageProvider;
import net.shoal.base.metainfo.Info;

/** Looks at a place that content is to be taken to, before anything is moved. Blocks. */
final class NewPlace {
    private final StorageProvider storage;
    private final Info info;

    NewPlace(StorageProvider storage, Info info) {
        this.storage = storage;
        this.info = info;
    }

    /**
     * Checks that files may go there.
     *
     * @param from where some of them lie
     * @param any some of them have been there, so that a place where there are none has got lost
     * @throws StorageException with a sentence, if they may not
     */
    void check(List<ContentLocation> from, ContentLocation to, boolean any) throws IOException {
        checkFolder(to.directory());
        Set<Path> theirs = new HashSet<>();
        for (var place : from) {
            theirs.addAll(paths(place));
        }
        if (any && theirs.stream().noneMatch(NewPlace::isThere)) {
            throw new StorageException(
                    Trouble.MISSING,
                    from.get(0).root(info.name()) + " is not there",
                    "put it back, then it can be moved");
        }
        for (var path : paths(to)) {
            if (isThere(path) && !theirs.contains(path)) {
                throw exists(path);
            }
        }
    }

    /** Checks that what is shared in place is there now: it is not for us to move it. */
    void checkShared(ContentLocation to) throws StorageException {
        var root = to.root(info.name());
        if (!Files.exists(root)) {
            throw new StorageException(
                    Trouble.MISSING,
                    root + " is not there; what is shared where it lies is only looked for at its new place",
                    "move it there first");
        }
    }

    /**
     * Where it lies once a file or folder has another name.
     *
     * @param path of the torrent, with {@code /}; empty for its root
     */
    ContentLocation renamed(ContentLocation from, String path, String name) throws IOException {
        if (path.isEmpty()
                || (info.isSingleFile()
                        && path.equals(Selection.path(info.files().get(0))))) {
            var to = new ContentLocation(from.directory(), Optional.of(name), from.renamed());
            checkFree(from.root(info.name()), to.root(info.name()));
            return to;
        }
        return renamedBelow(from, path.split("/"), name);
    }

    private ContentLocation renamedBelow(ContentLocation from, String[] names, String name) throws IOException {
        var renamed = new HashMap<>(from.renamed());
        var paths = paths(from);
        boolean found = false;
        for (int i = 0; i < paths.size(); i++) {
            var file = info.files().get(i).path();
            if (info.files().get(i).isPad() || !startsWith(file, names)) {
                continue;
            }
            // below the folder and the root
            var below = from.directory().relativize(paths.get(i));
            var now = new ArrayList<String>();
            below.subpath(1, below.getNameCount()).forEach(part -> now.add(part.toString()));
            if (!found) {
                found = true;
                var there = from.directory().resolve(below.subpath(0, names.length + 1));
                checkFree(there, there.resolveSibling(name));
            }
            now.set(names.length - 1, name);
            if (now.equals(file)) {
                renamed.remove(i);
            } else {
                renamed.put(i, String.join("/", now));
            }
        }
        if (!found) {
            throw new StorageException(
                    Trouble.REFUSED,
                    "there is no file or folder '" + String.join("/", names) + "' in it",
                    "files have the paths that details of the transfer show");
        }
        return new ContentLocation(from.directory(), from.rootName(), renamed);
    }

    private static boolean startsWith(List<String> file, String[] names) {
        return file.size() >= names.length && file.subList(0, names.length).equals(Arrays.asList(names));
    }

    private List<Path> paths(ContentLocation location) throws IOException {
        try (var store = storage.open(info, location, true)) {
            var paths = new ArrayList<Path>();
            for (int i = 0; i < info.files().size(); i++) {
                paths.add(store.pathOf(i));
            }
            return paths;
        }
    }

    private static void checkFolder(Path folder) throws StorageException {
        var there = folder;
        while (there != null && !isThere(there)) {
            there = there.getParent();
        }
        if (there == null || !Files.isDirectory(there)) {
            throw new StorageException(
                    Trouble.REFUSED, String.valueOf(there) + " is not a folder", "choose another place");
        }
        if (!Files.isWritable(there)) {
            throw new StorageException(
                    Trouble.NO_PERMISSION,
                    "nothing can be written to " + there,
                    "give this user the right to, or choose another place");
        }
    }

    private static void checkFree(Path before, Path now) throws IOException {
        boolean same = isThere(before) && isThere(now) && Files.isSameFile(before, now);
        if (isThere(now) && !same) {
            throw exists(now);
        }
    }

    private static StorageException exists(Path path) {
        return new StorageException(
                Trouble.REFUSED, path + " exists already", "move it away, or choose another place or name");
    }

    private static boolean isThere(Path path) {
        return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
    }
}
