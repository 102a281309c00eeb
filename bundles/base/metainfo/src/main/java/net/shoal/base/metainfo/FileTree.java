package net.shoal.base.metainfo;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import net.shoal.base.bencode.BDict;
import net.shoal.base.bencode.BList;
import net.shoal.base.bencode.BString;
import net.shoal.base.model.Sha256Hash;

/**
 * The {@code file tree} of a v2 info dictionary (BEP 52). Recurses, which the depth of bencode bounds.
 */
final class FileTree {
    private final FileBounds bounds;
    private final List<FileEntry> files = new ArrayList<>();
    private final Deque<String> path = new ArrayDeque<>();

    private FileTree(FileBounds bounds) {
        this.bounds = bounds;
    }

    static List<FileEntry> read(BDict info, FileBounds bounds) throws MetainfoException {
        var root = info.dict("file tree")
                .orElseThrow(() -> new MetainfoException("The torrent is of version 2 and has no file tree."));
        var tree = new FileTree(bounds);
        tree.folder(root);
        return tree.files;
    }

    private void folder(BDict folder) throws MetainfoException {
        var last = Optional.<BString>empty();
        for (var entry : folder) {
            var key = entry.getKey();
            // the order of files is that of the keys, so keys in disorder would mean one thing here and another there
            if (last.isPresent() && last.get().compareTo(key) > 0) {
                throw new MetainfoException("The torrent's file tree is not in order.");
            }
            last = Optional.of(key);
            child(Names.decode(key), entry.getValue() instanceof BDict child ? child : BDict.EMPTY);
        }
    }

    private void child(String name, BDict child) throws MetainfoException {
        if (name.isEmpty() || name.equals(".")) {
            throw new MetainfoException("The torrent's file tree has a file without a name.");
        }
        path.addLast(Names.element(name));
        var properties = child.get("");
        if (properties.isEmpty()) {
            folder(child);
        } else {
            file(child, properties.get() instanceof BDict file ? file : BDict.EMPTY);
        }
        path.removeLast();
    }

    private void file(BDict node, BDict file) throws MetainfoException {
        var siblings = node.iterator();
        siblings.next();
        if (siblings.hasNext()) {
            throw new MetainfoException("The torrent's file tree has both a file and a folder named "
                    + Names.quote(String.join("/", path)) + ".");
        }
        Names.checkLength(List.copyOf(path));
        var attributes = FileBounds.attributes(file);
        attributes.remove(FileEntry.Attribute.PAD);
        var length = file.integer("length");
        bounds.align();
        long offset = bounds.add(length);
        files.add(new FileEntry(
                List.copyOf(path),
                offset,
                length.orElse(0),
                attributes,
                length.orElse(0) > 0 ? Optional.of(root(file)) : Optional.empty(),
                attributes.contains(FileEntry.Attribute.SYMLINK) ? target(file) : Optional.empty()));
    }

    private Sha256Hash root(BDict file) throws MetainfoException {
        return file.string("pieces root")
                .filter(root -> root.length() == Sha256Hash.LENGTH)
                .map(root -> Sha256Hash.read(root.buffer()))
                .orElseThrow(() -> new MetainfoException("The file " + Names.quote(String.join("/", path))
                        + " of the torrent has no root of its pieces, which has 32 bytes."));
    }

    private static Optional<List<String>> target(BDict file) throws MetainfoException {
        var names = new ArrayList<String>();
        for (var element : file.list("symlink path").orElse(BList.EMPTY)) {
            names.add(element instanceof BString name ? Names.decode(name) : "");
        }
        return names.isEmpty() ? Optional.empty() : Optional.of(Names.path(names));
    }
}
