package net.shoal.base.metainfo;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import net.shoal.base.bencode.BDict;
import net.shoal.base.bencode.BList;
import net.shoal.base.bencode.BString;

/** The files of a v1 info dictionary (BEP 3, 47). */
final class V1Files {
    private V1Files() {}

    static List<FileEntry> read(BDict info, String name, FileBounds bounds) throws MetainfoException {
        var list = info.get("files");
        if (list.isEmpty()) {
            return List.of(single(info, name, bounds));
        }
        if (!(list.get() instanceof BList files)) {
            throw new MetainfoException("The torrent's files are not a list.");
        }
        var entries = new ArrayList<FileEntry>();
        for (var file : files) {
            if (!(file instanceof BDict dict)) {
                throw new MetainfoException("A file of the torrent is not a dictionary.");
            }
            entries.add(entry(dict, bounds));
        }
        return entries;
    }

    private static FileEntry single(BDict info, String name, FileBounds bounds) throws MetainfoException {
        var length = info.integer("length");
        long offset = bounds.add(length);
        var attributes = FileBounds.attributes(info);
        attributes.retainAll(Set.of(FileEntry.Attribute.EXECUTABLE, FileEntry.Attribute.HIDDEN));
        return new FileEntry(List.of(name), offset, length.orElse(0), attributes, Optional.empty(), Optional.empty());
    }

    private static FileEntry entry(BDict file, FileBounds bounds) throws MetainfoException {
        var attributes = FileBounds.attributes(file);
        if (attributes.contains(FileEntry.Attribute.PAD)) {
            attributes.retainAll(
                    Set.of(FileEntry.Attribute.PAD)); // it has no place, where it could be a link or a program
        }
        boolean link = attributes.contains(FileEntry.Attribute.SYMLINK);
        var path = names(file, "path").orElseThrow(() -> new MetainfoException("A file of the torrent has no path."));
        var target = link ? names(file, "symlink path") : Optional.<List<String>>empty();
        var length = link && file.get("length").isEmpty() ? OptionalLong.of(0) : file.integer("length");
        long offset = bounds.add(length);
        return new FileEntry(
                Names.path(path),
                offset,
                length.orElse(0),
                attributes,
                Optional.empty(),
                target.isPresent() ? Optional.of(Names.path(target.get())) : Optional.empty());
    }

    private static Optional<List<String>> names(BDict file, String key) throws MetainfoException {
        var utf8 = file.list(key + ".utf-8");
        var list = utf8.isPresent() ? utf8 : file.list(key);
        if (list.isEmpty()) {
            return Optional.empty();
        }
        var names = new ArrayList<String>();
        for (var element : list.get()) {
            if (!(element instanceof BString name)) {
                throw new MetainfoException("A path in the torrent holds something other than names.");
            }
            names.add(Names.decode(name));
        }
        return Optional.of(names);
    }
}
