package net.shoal.ui.rpc.qbittorrent;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import net.shoal.api.node.StateFile;
import net.shoal.base.model.InfoHashes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Categories, tags and {@link Label}s, kept in one file that is replaced with every change before anybody is told of it. Bounded. Safe for use
 * from any thread; blocks while it writes.
 */
final class Labels {
    private static final Logger LOG = LoggerFactory.getLogger(Labels.class);
    private static final int MOST_CATEGORIES = 1_000;
    private static final int MOST_TAGS = 1_000;
    private static final int LONGEST_NAME = 255;
    private static final int LONGEST_PATH = 4_096;

    private final Path file;
    private volatile Book book;

    private Labels(Path file, Book book) {
        this.file = file;
        this.book = book;
    }

    /**
     * As they were left; what cannot be read is put aside.
     *
     * @throws IOException if the file cannot be read, or not be put aside
     */
    static Labels load(Path file) throws IOException {
        if (!Files.exists(file)) {
            return new Labels(file, Book.EMPTY);
        }
        var text = Files.readString(file, StandardCharsets.UTF_8);
        try {
            return new Labels(file, Book.read(text));
        } catch (IOException e) {
            var aside = file.resolveSibling(file.getFileName() + ".unreadable");
            Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
            LOG.warn(
                    "{} cannot be used: {}; categories and tags begin anew, and it is kept as {}",
                    file,
                    e.getMessage(),
                    aside);
            return new Labels(file, Book.EMPTY);
        }
    }

    Book book() {
        return book;
    }

    /** Of a transfer, by whichever of its names it was known when it was made. */
    Label of(InfoHashes hashes) {
        var labels = book.labels();
        for (var name : Torrents.names(hashes)) {
            var label = labels.get(name);
            if (label != null) {
                return label;
            }
        }
        return Label.NONE;
    }

    void change(InfoHashes hashes, UnaryOperator<Label> change) throws ApiException {
        change(List.of(hashes), change);
    }

    synchronized void change(Collection<InfoHashes> all, UnaryOperator<Label> change) throws ApiException {
        var next = book;
        for (var hashes : all) {
            var label = change.apply(of(hashes));
            for (var name : Torrents.names(hashes)) {
                next = next.withLabel(name, Label.NONE);
            }
            next = next.withLabel(Torrents.id(hashes), label);
        }
        save(next);
    }

    /** Adds to how long transfers have seeded. */
    synchronized void seeded(Map<InfoHashes, Long> seconds) throws ApiException {
        var next = book;
        for (var each : seconds.entrySet()) {
            var label = of(each.getKey());
            if (label.hasEnd()) {
                var longer = label.seeding(label.seedingMinutes(), label.seededSeconds() + each.getValue());
                next = next.withLabel(Torrents.id(each.getKey()), longer);
            }
        }
        save(next);
    }

    /** The transfer is gone. */
    void forget(InfoHashes hashes) throws ApiException {
        if (!of(hashes).equals(Label.NONE)) {
            change(hashes, label -> Label.NONE);
        }
    }

    /** Of others than these, which went while nobody listened. */
    synchronized void forgetAllBut(Collection<InfoHashes> present) throws ApiException {
        var names = new HashSet<String>();
        present.forEach(hashes -> names.addAll(Torrents.names(hashes)));
        var next = book;
        for (var id : book.labels().keySet()) {
            if (!names.contains(id)) {
                next = next.withLabel(id, Label.NONE);
            }
        }
        save(next);
    }

    synchronized void createCategory(String name, String savePath) throws ApiException {
        if (book.categories().containsKey(name)) {
            throw ApiException.conflict("there is a category " + name + " already");
        }
        putCategory(name, savePath);
    }

    /** One that somebody uses for the first time. */
    synchronized void needCategory(String name) throws ApiException {
        if (!name.isEmpty() && !book.categories().containsKey(name)) {
            putCategory(name, "");
        }
    }

    synchronized void editCategory(String name, String savePath) throws ApiException {
        if (!book.categories().containsKey(name)) {
            throw ApiException.conflict("there is no category " + name);
        }
        putCategory(name, savePath);
    }

    private void putCategory(String name, String savePath) throws ApiException {
        boolean sound = name.length() <= LONGEST_NAME
                && !name.isBlank()
                && name.chars().noneMatch(c -> c < ' ' || c == '\\')
                && !name.startsWith("/")
                && !name.endsWith("/")
                && !name.contains("//");
        if (!sound) {
            throw ApiException.conflict("a category has a name of at most " + LONGEST_NAME
                    + " characters, without \\ and //, that does not begin or end with /");
        }
        if (savePath.length() > LONGEST_PATH) {
            throw ApiException.conflict("a path has at most " + LONGEST_PATH + " characters");
        }
        var next = book.withCategory(name, savePath);
        if (next.categories().size() > MOST_CATEGORIES) {
            throw ApiException.conflict("there are " + MOST_CATEGORIES + " categories, which is the most there may be");
        }
        save(next);
    }

    synchronized void removeCategories(List<String> names) throws ApiException {
        var next = book;
        for (var name : names) {
            next = next.withoutCategory(name);
        }
        save(next);
    }

    synchronized void createTags(Collection<String> tags) throws ApiException {
        for (var tag : tags) {
            if (tag.length() > LONGEST_NAME || tag.chars().anyMatch(c -> c < ' ' || c == ',')) {
                throw ApiException.conflict("a tag has at most " + LONGEST_NAME + " characters, and no comma");
            }
        }
        var next = book.withTags(tags);
        if (next.tags().size() > MOST_TAGS) {
            throw ApiException.conflict("there are " + MOST_TAGS + " tags, which is the most there may be");
        }
        save(next);
    }

    synchronized void deleteTags(Collection<String> tags) throws ApiException {
        save(book.withoutTags(tags));
    }

    synchronized void addTags(Collection<InfoHashes> to, Collection<String> tags) throws ApiException {
        createTags(tags);
        change(to, label -> {
            var all = new TreeSet<>(label.tags());
            all.addAll(tags);
            return label.tagged(all);
        });
    }

    /** All of them, where none is named. */
    void removeTags(Collection<InfoHashes> from, Collection<String> tags) throws ApiException {
        change(from, label -> {
            var rest = new TreeSet<>(label.tags());
            rest.removeAll(tags.isEmpty() ? label.tags() : tags);
            return label.tagged(rest);
        });
    }

    private void save(Book next) throws ApiException {
        if (next.equals(book)) {
            return;
        }
        try {
            StateFile.replace(file, next.write().getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            LOG.warn("{} cannot be written: {}", file, e.getMessage());
            throw ApiException.of(500, file + " cannot be written: " + e.getMessage());
        }
        book = next;
    }
}
