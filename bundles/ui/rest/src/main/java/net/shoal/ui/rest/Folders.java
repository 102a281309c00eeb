package net.shoal.ui.rest;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** {@code /api/v1/folders}: what is in the folders of the node's machine, for those who pick one. */
final class Folders {
    private static final int MOST = 5_000;
    private static final int LONGEST_PATH = 4_096;

    private final Path home;
    private final Path downloads;

    /** @param home of the user that the node runs as */
    Folders(Path home, Path downloads) {
        this.home = home;
        this.downloads = downloads;
    }

    List<Route> routes() {
        return List.of(
                new Route("GET", "/api/v1/folders", this::list), new Route("POST", "/api/v1/folders", this::make));
    }

    /** @throws ApiException if the text is no absolute path, naming the field */
    static Path path(String field, String text) throws ApiException {
        try {
            var path = Path.of(text).normalize();
            if (text.length() <= LONGEST_PATH && path.isAbsolute()) {
                return path;
            }
        } catch (InvalidPathException e) {
            // as said below
        }
        throw ApiException.wrong(
                field, field + " is a path from the root on, such as " + System.getProperty("user.home", "/"));
    }

    private void list(Exchange exchange) throws ApiException, IOException {
        var given = exchange.parameter("path");
        exchange.json(folder(given.isPresent() ? path("path", given.get()) : home));
    }

    private void make(Exchange exchange) throws ApiException, IOException {
        var folder = path("path", exchange.body("path").needed("path", LONGEST_PATH));
        try {
            Files.createDirectory(folder);
        } catch (FileAlreadyExistsException e) {
            throw ApiException.failed(folder + " is there already", "");
        } catch (IOException e) {
            throw ApiException.failed(
                    folder + " cannot be made: " + reason(e), "choose a folder that this user may write to");
        }
        exchange.json(201, folder(folder));
    }

    private Object folder(Path folder) throws ApiException {
        var found = new ArrayList<Entry>();
        boolean truncated = false;
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (var entry : entries) {
                if (found.size() >= MOST) {
                    truncated = true;
                    break;
                }
                Entry.of(entry).ifPresent(found::add);
            }
        } catch (IOException e) {
            throw Files.exists(folder)
                    ? ApiException.failed(folder + " cannot be read: " + reason(e), "choose another folder")
                    : ApiException.unknown("there is no folder " + folder, "choose another folder");
        }
        found.sort(Comparator.comparing((Entry entry) -> !entry.isFolder())
                .thenComparing(Entry::name, String.CASE_INSENSITIVE_ORDER));
        return Json.object(
                "path", folder.toString(),
                "parent", Optional.ofNullable(folder.getParent()).map(Path::toString),
                "writable", Files.isWritable(folder),
                "disk", Disks.of(folder),
                "places", places(),
                "entries", found.stream().map(Entry::toJson).toList(),
                "truncated", truncated);
    }

    private List<?> places() {
        var places = new ArrayList<Object>();
        places.add(Json.object("name", "home", "path", home.toString()));
        if (Files.isDirectory(downloads)) {
            places.add(Json.object("name", "downloads", "path", downloads.toString()));
        }
        for (var root : home.getFileSystem().getRootDirectories()) {
            places.add(Json.object("name", root.toString(), "path", root.toString()));
        }
        return places;
    }

    static String reason(IOException e) {
        return e instanceof AccessDeniedException ? "permission denied" : String.valueOf(e.getMessage());
    }

    private record Entry(String name, Path path, boolean isFolder, long size) {
        static Optional<Entry> of(Path path) {
            try {
                var attributes = Files.readAttributes(path, BasicFileAttributes.class);
                var name = Objects.requireNonNullElse(path.getFileName(), path).toString();
                boolean isEither = attributes.isDirectory() || attributes.isRegularFile();
                return isEither && !name.startsWith(".")
                        ? Optional.of(new Entry(name, path, attributes.isDirectory(), attributes.size()))
                        : Optional.empty();
            } catch (IOException e) {
                return Optional.empty(); // it went, or is a link to nowhere
            }
        }

        Object toJson() {
            return Json.object(
                    "name", name, "path", path.toString(), "folder", isFolder, "size", isFolder ? null : (Long) size);
        }
    }
}
