package net.shoal.engine.source;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Which files of this node's transfers are the same. Safe for use from any thread; what it costs goes by the files of one transfer, not by how many there are. */
public final class SameFiles {
    /** Of one torrent; those beyond are not looked at. */
    private static final int MAX_FILES = 10_000;

    private record Copy(Holder holder, int file) {}

    /** Guarded by this. */
    private final Map<FileKey, List<Copy>> copies = new HashMap<>();

    private final AtomicLong version = new AtomicLong();

    void add(Holder holder) {
        var keys = keys(holder);
        synchronized (this) {
            keys.forEach((file, ofFile) ->
                    ofFile.forEach(key -> copies.merge(key, List.of(new Copy(holder, file)), SameFiles::joined)));
            version.incrementAndGet();
        }
    }

    void remove(Holder holder) {
        var keys = keys(holder);
        synchronized (this) {
            keys.values()
                    .forEach(ofFile -> ofFile.forEach(
                            key -> copies.computeIfPresent(key, (same, before) -> without(holder, before))));
            version.incrementAndGet();
        }
    }

    private static Map<Integer, List<FileKey>> keys(Holder holder) {
        var files = holder.info().files();
        var keys = new LinkedHashMap<Integer, List<FileKey>>();
        for (int i = 0; i < Math.min(files.size(), MAX_FILES); i++) {
            var ofFile = FileKey.of(holder.info(), files.get(i));
            if (!ofFile.isEmpty()) {
                keys.put(i, ofFile);
            }
        }
        return keys;
    }

    private static List<Copy> joined(List<Copy> one, List<Copy> other) {
        var all = new ArrayList<>(one);
        all.addAll(other);
        return List.copyOf(all);
    }

    private static @Nullable List<Copy> without(Holder holder, List<Copy> copies) {
        var rest = copies.stream().filter(copy -> copy.holder != holder).toList();
        return rest.isEmpty() ? null : rest;
    }

    /** Another number after each change. */
    long version() {
        return version.get();
    }

    /** Whoever may fill this one, and which of its files (by index) are which of theirs. */
    Map<Holder, Map<Integer, Integer>> lenders(Holder borrower) {
        var keys = keys(borrower);
        var lenders = new LinkedHashMap<Holder, Map<Integer, Integer>>();
        synchronized (this) {
            keys.forEach((file, ofFile) -> {
                for (var key : ofFile) {
                    for (var copy : copies.getOrDefault(key, List.of())) {
                        if (copy.holder != borrower && copy.holder.mayFill(borrower)) {
                            lenders.computeIfAbsent(copy.holder, any -> new HashMap<>())
                                    .putIfAbsent(file, copy.file);
                        }
                    }
                }
            });
        }
        return lenders;
    }
}
