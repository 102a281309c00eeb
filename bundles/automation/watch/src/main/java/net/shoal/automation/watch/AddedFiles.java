package net.shoal.automation.watch;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Files that were added and still bear their names, across restarts. A text file: {@code shoal-watch 1}, then {@code SIZE MODIFIED URI} a
 * line; a line more is written for each, and a line that is not whole is none. Forgotten, a file is added again, which gives the
 * transfer there is. For use by one thread.
 */
final class AddedFiles {
    static final int MAX_FILES = 50_000;
    private static final String HEADER = "shoal-watch 1";

    private final Path file;
    private final Map<String, FileMark> marks = new LinkedHashMap<>();

    private AddedFiles(Path file) {
        this.file = file;
    }

    /** @throws IOException with a sentence, if what was remembered cannot be read */
    static AddedFiles load(Path file) throws IOException {
        var added = new AddedFiles(file);
        if (Files.exists(file)) {
            var text = Files.readString(file, StandardCharsets.ISO_8859_1);
            var lines = text.lines().toList();
            if (!lines.isEmpty() && !lines.get(0).equals(HEADER)) {
                throw new IOException(
                        file + " is of a newer version of Shoal; run that, or remove the file: then every file that"
                                + " lies in a watched folder is added once more");
            }
            boolean isWhole = text.endsWith("\n");
            lines.stream()
                    .skip(1)
                    .limit(Math.max(0, lines.size() - (isWhole ? 1 : 2)))
                    .forEach(added::read);
        }
        added.rewrite();
        return added;
    }

    private void read(String line) {
        var parts = line.split(" ", 3);
        if (parts.length == 3 && parts[0].matches("[0-9]{1,18}") && parts[1].matches("-?[0-9]{1,18}")) {
            put(parts[2], new FileMark(Long.parseLong(parts[0]), Long.parseLong(parts[1])));
        }
    }

    private void put(String uri, FileMark mark) {
        marks.remove(uri); // the newest are last
        marks.put(uri, mark);
    }

    boolean holds(Path path, FileMark mark) {
        return mark.equals(marks.get(path.toUri().toString()));
    }

    void remember(Path path, FileMark mark) throws IOException {
        var uri = path.toUri().toString();
        put(uri, mark);
        if (marks.size() > MAX_FILES) {
            prune();
            rewrite();
        } else {
            Files.writeString(file, line(uri, mark), StandardCharsets.ISO_8859_1, StandardOpenOption.APPEND);
        }
    }

    /** What is gone can be forgotten; then the oldest, to a half, so that this is done seldom. */
    private void prune() {
        marks.keySet().removeIf(uri -> !Files.exists(Path.of(URI.create(uri))));
        var oldest = marks.keySet().stream()
                .limit(Math.max(0, marks.size() - MAX_FILES / 2))
                .toList();
        marks.keySet().removeAll(oldest);
    }

    private void rewrite() throws IOException {
        var lines = Stream.concat(
                Stream.of(HEADER + "\n"),
                marks.entrySet().stream().map(entry -> line(entry.getKey(), entry.getValue())));
        var fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.writeString(fresh, String.join("", lines.toList()), StandardCharsets.ISO_8859_1);
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static String line(String uri, FileMark mark) {
        return mark.size() + " " + mark.modifiedMillis() + " " + uri + "\n";
    }

    List<String> uris() {
        return List.copyOf(marks.keySet());
    }
}
