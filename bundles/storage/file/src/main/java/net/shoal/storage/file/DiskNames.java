package net.shoal.storage.file;

import java.nio.file.FileSystem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.shoal.api.transfer.ContentLocation;
import net.shoal.base.metainfo.Info;

/**
 * The names on disk of all files of a torrent, from the folder down that holds it. No two files get the same place, and none lies below
 * another: what would is numbered, in the torrent's order, so the same torrent always lies the same way.
 */
final class DiskNames {
    private final NameRules rules;
    private final FileSystem system;

    private DiskNames(NameRules rules, FileSystem system) {
        this.rules = rules;
        this.system = system;
    }

    /** A folder while names are given out. */
    private static final class Folder {
        final List<String> names;
        final Set<String> taken = new HashSet<>();
        /** By the torrent's name. */
        final Map<String, Folder> folders = new HashMap<>();

        Folder(List<String> names) {
            this.names = names;
        }
    }

    /**
     * Where each file has its place. The name of the root is taken as it is on disk already; what a user has renamed is made safe like the
     * names of a torrent, and numbered where it is taken.
     *
     * @return for each file; padding has no place, and an empty list
     */
    static List<List<String>> of(Info info, ContentLocation location, NameRules rules) {
        var names = new DiskNames(rules, location.directory().getFileSystem());
        var root = location.rootName().orElseGet(() -> DiskName.of(info.name(), rules, names.system));
        return info.isSingleFile()
                ? names.single(info, root)
                : names.many(info, location.renamed(), new Folder(List.of(root)));
    }

    private List<List<String>> single(Info info, String root) {
        return info.files().stream()
                .map(file -> file.isPad() ? List.<String>of() : List.of(root))
                .toList();
    }

    private List<List<String>> many(Info info, Map<Integer, String> renamed, Folder root) {
        var places = new ArrayList<List<String>>(info.files().size());
        for (int i = 0; i < info.files().size(); i++) {
            var file = info.files().get(i);
            var other = renamed.get(i);
            var path = other == null ? file.path() : Arrays.asList(other.split("/", -1));
            places.add(file.isPad() ? List.of() : place(root, path));
        }
        return List.copyOf(places);
    }

    private List<String> place(Folder root, List<String> path) {
        var folder = root;
        for (var name : path.subList(0, path.size() - 1)) {
            folder = below(folder, name);
        }
        return child(folder.names, free(folder, path.get(path.size() - 1)));
    }

    private Folder below(Folder folder, String name) {
        var known = folder.folders.get(name);
        if (known == null) {
            known = new Folder(child(folder.names, free(folder, name)));
            folder.folders.put(name, known);
        }
        return known;
    }

    private String free(Folder folder, String name) {
        var held = DiskName.of(name, rules, system);
        var candidate = held;
        for (int number = 2; !folder.taken.add(rules.fold(candidate)); number++) {
            candidate = DiskName.numbered(held, number);
        }
        return candidate;
    }

    private static List<String> child(List<String> folder, String name) {
        var names = new ArrayList<String>(folder.size() + 1);
        names.addAll(folder);
        names.add(name);
        return List.copyOf(names);
    }
}
