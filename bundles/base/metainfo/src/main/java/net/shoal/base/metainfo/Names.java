package net.shoal.base.metainfo;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.shoal.base.bencode.BString;

/**
 * Names as torrents carry them, checked so that a path made of them stays below its root on every POSIX file system. They are otherwise left as
 * they are: what a given file system cannot hold is for the storage to map (see {@link SafeNames}).
 */
final class Names {
    /** Far above what file systems can hold; below what costs anything. */
    private static final int MAX_ELEMENTS = 256;

    /** A path on Linux has 4,096 bytes with all that is above the torrent, and one on a Mac has 1,024. */
    private static final int MAX_PATH_BYTES = 3_500;

    private Names() {}

    /** UTF-8; what is not is taken byte by byte, so that different names stay different. */
    static String decode(BString bytes) {
        return bytes.utf8()
                .orElseGet(
                        () -> StandardCharsets.ISO_8859_1.decode(bytes.buffer()).toString());
    }

    /**
     * One element, safe to resolve. A slash becomes {@code _}, since people do put one into titles; what can only be an attack, or would be a
     * different name to a C library, is refused.
     */
    static String element(String name) throws MetainfoException {
        if (name.equals("..") || name.indexOf('\0') >= 0) {
            throw new MetainfoException("A file of the torrent has the name " + quote(name)
                    + ", which would lead outside its folder; no honest program makes such a torrent.");
        }
        return name.replace('/', '_');
    }

    /** A path of v1: elements that mean nothing are left out, as other clients do. */
    static List<String> path(List<String> elements) throws MetainfoException {
        var path = new ArrayList<String>(elements.size());
        for (var element : elements) {
            if (!element.isEmpty() && !element.equals(".")) {
                path.add(element(element));
            }
        }
        if (path.isEmpty()) {
            throw new MetainfoException("A file of the torrent has no name.");
        }
        if (path.size() > MAX_ELEMENTS) {
            throw new MetainfoException("A file of the torrent lies " + path.size() + " folders deep; at most "
                    + MAX_ELEMENTS + " are accepted.");
        }
        checkLength(path);
        return List.copyOf(path);
    }

    /** Names that are too long are cut when they are kept; of too many of them no path can be made. */
    static void checkLength(List<String> path) throws MetainfoException {
        long bytes = path.size() - 1L;
        for (var name : path) {
            bytes += Math.min(SafeNames.MAX_BYTES, name.getBytes(StandardCharsets.UTF_8).length);
        }
        if (bytes > MAX_PATH_BYTES) {
            throw new MetainfoException("A file of the torrent has a path of " + bytes + " bytes; at most "
                    + MAX_PATH_BYTES + " are accepted, which is about what file systems can hold.");
        }
    }

    /** Refuses a file that comes twice or is a folder as well: one would overwrite the other. */
    static void checkDistinct(List<FileEntry> files) throws MetainfoException {
        var paths = new ArrayList<List<String>>(files.size());
        for (var file : files) {
            if (!file.isPad()) {
                paths.add(file.path());
            }
        }
        // in this order whatever lies in a folder comes right behind a file of the folder's name
        paths.sort(Names::compare);
        for (int i = 1; i < paths.size(); i++) {
            var before = paths.get(i - 1);
            var path = paths.get(i);
            if (path.size() >= before.size() && path.subList(0, before.size()).equals(before)) {
                var name = quote(String.join("/", before));
                throw new MetainfoException(
                        path.size() == before.size()
                                ? "Two files of the torrent are named " + name + "."
                                : "The torrent has both a file and a folder named " + name + ".");
            }
        }
    }

    private static int compare(List<String> one, List<String> other) {
        int common = Math.min(one.size(), other.size());
        for (int i = 0; i < common; i++) {
            int order = one.get(i).compareTo(other.get(i));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(one.size(), other.size());
    }

    /** For messages: what a stranger wrote, shown without doing anything. */
    static String quote(String name) {
        return "\"" + SafeNames.forDisplay(name.length() > 200 ? name.substring(0, 200) + "…" : name) + "\"";
    }
}
