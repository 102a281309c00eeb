package net.shoal.ui.rpc.qbittorrent;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import net.shoal.base.command.Json;
import org.jspecify.annotations.Nullable;

/**
 * All that is kept for programs: a value, which knows how it is written.
 *
 * @param categories their save paths, by name; an empty path for none of its own
 * @param labels by {@link Torrents#id}
 */
record Book(SortedMap<String, String> categories, SortedSet<String> tags, Map<String, Label> labels) {
    static final Book EMPTY = new Book(new TreeMap<>(), new TreeSet<>(), Map.of());
    private static final long VERSION = 1;

    Book {
        categories = Collections.unmodifiableSortedMap(new TreeMap<>(categories));
        tags = Collections.unmodifiableSortedSet(new TreeSet<>(tags));
        labels = Map.copyOf(labels);
    }

    Book withCategory(String name, String savePath) {
        var all = new TreeMap<>(categories);
        all.put(name, savePath);
        return new Book(all, tags, labels);
    }

    /** Transfers of that category have none then. */
    Book withoutCategory(String name) {
        var all = new TreeMap<>(categories);
        all.remove(name);
        return new Book(all, tags, changed(label -> label.category().equals(name) ? label.inCategory("") : label));
    }

    Book withTags(Iterable<String> more) {
        var all = new TreeSet<>(tags);
        more.forEach(all::add);
        return new Book(categories, all, labels);
    }

    Book withoutTags(Collection<String> gone) {
        var all = new TreeSet<>(tags);
        all.removeAll(gone);
        return new Book(categories, all, changed(label -> {
            var rest = new ArrayList<>(label.tags());
            return rest.removeAll(gone) ? label.tagged(rest) : label;
        }));
    }

    Book withLabel(String id, Label label) {
        var all = new LinkedHashMap<>(labels);
        if (label.equals(Label.NONE)) {
            all.remove(id);
        } else {
            all.put(id, label);
        }
        return new Book(categories, tags, all);
    }

    private Map<String, Label> changed(UnaryOperator<Label> change) {
        var all = new LinkedHashMap<String, Label>();
        labels.forEach((id, label) -> all.put(id, change.apply(label)));
        return all;
    }

    String write() {
        var transfers = new TreeMap<String, Object>();
        labels.forEach((id, label) -> transfers.put(id, write(label)));
        var all = new LinkedHashMap<String, Object>();
        all.put("version", VERSION);
        all.put("categories", categories);
        all.put("tags", tags);
        all.put("transfers", transfers);
        return Json.write(all);
    }

    private static Map<String, Object> write(Label label) {
        var all = new LinkedHashMap<String, Object>();
        all.put("category", label.category());
        all.put("tags", label.tags());
        all.put("name", label.name());
        all.put("seedingMinutes", label.seedingMinutes());
        all.put("seededSeconds", label.seededSeconds());
        return all;
    }

    /** @throws IOException if it is not what {@link #write} has written, or a later version has */
    static Book read(String text) throws IOException {
        Map<String, Object> all;
        try {
            all = Json.readObject(text);
        } catch (IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e);
        }
        if (!Long.valueOf(VERSION).equals(all.get("version"))) {
            throw new IOException("it is of version " + all.get("version") + ", and this Shoal knows " + VERSION);
        }
        var categories = new TreeMap<String, String>();
        map(all.get("categories")).forEach((name, path) -> categories.put(String.valueOf(name), String.valueOf(path)));
        var labels = new LinkedHashMap<String, Label>();
        map(all.get("transfers")).forEach((id, label) -> labels.put(String.valueOf(id), label(map(label))));
        return new Book(categories, new TreeSet<>(texts(all.get("tags"))), labels);
    }

    private static Label label(Map<?, ?> all) {
        return new Label(
                text(all.get("category")),
                texts(all.get("tags")),
                text(all.get("name")),
                all.get("seedingMinutes") instanceof Long minutes ? minutes : ShareLimits.FOR_ALL,
                all.get("seededSeconds") instanceof Long seconds ? seconds : 0);
    }

    private static String text(@Nullable Object value) {
        return value instanceof String text ? text : "";
    }

    private static List<String> texts(@Nullable Object value) {
        return value instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of();
    }

    private static Map<?, ?> map(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? map : Map.of();
    }
}
