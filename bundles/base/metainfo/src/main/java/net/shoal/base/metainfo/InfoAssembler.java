package net.shoal.base.metainfo;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import net.shoal.base.bencode.BDict;
import net.shoal.base.bencode.BInteger;
import net.shoal.base.bencode.BList;
import net.shoal.base.bencode.BString;
import net.shoal.base.bencode.BValue;

/** Makes the info dictionary of what was planned and hashed (BEP 3, 47, 52). */
final class InfoAssembler {
    private final CreatePlan plan;
    private final HashResult hashes;

    InfoAssembler(CreatePlan plan, HashResult hashes) {
        this.plan = plan;
        this.hashes = hashes;
    }

    BDict assemble(CreateOptions options) {
        var info = BDict.builder().put("name", plan.name()).put("piece length", plan.pieceLength());
        if (plan.hasV1()) {
            putV1(info);
        }
        if (plan.hasV2()) {
            info.put("meta version", 2).put("file tree", tree());
        }
        if (options.isPrivate()) {
            info.put("private", 1);
        }
        options.source().ifPresent(source -> info.put("source", source));
        return info.build();
    }

    private void putV1(BDict.Builder info) {
        info.put("pieces", hashes.pieces());
        if (plan.isSingleFile()) {
            var file = plan.files().get(0);
            info.put("length", file.length());
            putAttributes(info, file);
        } else {
            info.put("files", new BList(v1Files()));
        }
    }

    private List<BValue> v1Files() {
        var files = new ArrayList<BValue>();
        long end = 0;
        for (int i = 0; i < plan.files().size(); i++) {
            var file = plan.files().get(i);
            addPadding(files, plan.offsets().get(i) - end);
            var entry = BDict.builder().put("length", file.length()).put("path", path(file.path()));
            putAttributes(entry, file);
            files.add(entry.build());
            end = plan.offsets().get(i) + file.length();
        }
        addPadding(files, plan.length() - end);
        return files;
    }

    /** BEP 47 recommends this name, so that clients which do not know of padding put it all into one folder. */
    private static void addPadding(List<BValue> files, long length) {
        if (length > 0) {
            files.add(BDict.builder()
                    .put("attr", "p")
                    .put("length", length)
                    .put("path", path(List.of(".pad", Long.toString(length))))
                    .build());
        }
    }

    private static BList path(List<String> names) {
        return new BList(names.stream().map(BString::of).toList());
    }

    private static void putAttributes(BDict.Builder entry, SourceFile file) {
        if (file.isExecutable()) {
            entry.put("attr", "x");
        }
    }

    /** Folders are filled while they are mutable, and made dictionaries from the innermost out. */
    private BDict tree() {
        var root = new Folder();
        for (int i = 0; i < plan.files().size(); i++) {
            var path = plan.files().get(i).path();
            var folder = root;
            for (var name : path.subList(0, path.size() - 1)) {
                folder = folder.folder(name);
            }
            folder.entries.put(BString.of(path.get(path.size() - 1)), leaf(i));
        }
        return root.toDict();
    }

    private BDict leaf(int index) {
        var file = plan.files().get(index);
        var properties = BDict.builder().put("length", new BInteger(file.length()));
        if (file.length() > 0) {
            properties.put("pieces root", BString.of(hashes.root(index).toBytes()));
        }
        putAttributes(properties, file);
        return BDict.builder().put("", properties.build()).build();
    }

    private static final class Folder {
        private final TreeMap<BString, Folder> folders = new TreeMap<>();
        private final TreeMap<BString, BValue> entries = new TreeMap<>();

        Folder folder(String name) {
            return folders.computeIfAbsent(BString.of(name), key -> new Folder());
        }

        BDict toDict() {
            folders.forEach((name, folder) -> entries.put(name, folder.toDict()));
            return new BDict(entries);
        }
    }
}
