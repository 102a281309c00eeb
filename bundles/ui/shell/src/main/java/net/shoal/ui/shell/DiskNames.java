package net.shoal.ui.shell;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import net.shoal.api.transfer.TransferChange;
import net.shoal.api.transfer.TransferDetails;
import net.shoal.api.transfer.TransferDetails.FileStatus;

/** Files and folders of a transfer by the names they have in the torrent and those they have on disk: users see, and give, both. */
final class DiskNames {
    private final String name;
    private final Path root;
    private final List<FileStatus> files;

    private DiskNames(String name, Path root, List<FileStatus> files) {
        this.name = name;
        this.root = root;
        this.files = files;
    }

    static DiskNames of(TransferDetails details) {
        return new DiskNames(details.status().name(), details.status().path(), details.files());
    }

    /** @param newName a name, or the whole path with nothing but its end changed */
    TransferChange.Rename rename(String old, String newName) throws CommandException {
        if (files.isEmpty()) {
            throw new CommandException("failed", "its files are not known yet", "wait until its metadata has come");
        }
        var path = strip(old);
        var found = isRoot(path) ? Optional.of("") : inTorrent(path);
        if (found.isEmpty()) {
            throw new CommandException(
                    "unknown", "there is no '" + old + "' in " + name, "`show` lists its files; there is " + example());
        }
        return new TransferChange.Rename(found.get(), lastName(path, strip(newName)));
    }

    private boolean isRoot(String path) {
        boolean named = path.equals(name) || path.equals(String.valueOf(root.getFileName())) || path.equals(".");
        return named && (isSingle() || inTorrent(path).isEmpty());
    }

    /** A torrent that is one file is not a folder with one file in it. */
    private boolean isSingle() {
        return files.size() == 1 && files.get(0).onDisk().equals(root);
    }

    /** A path in the torrent, by itself or by what it is called on disk. A renaming keeps the number of folders. */
    private Optional<String> inTorrent(String path) {
        boolean isTorrents = files.stream()
                .map(FileStatus::path)
                .anyMatch(known -> known.equals(path) || known.startsWith(path + "/"));
        if (isTorrents) {
            return Optional.of(path);
        }
        int depth = path.split("/", -1).length;
        return files.stream()
                .filter(file -> relative(file).equals(path) || relative(file).startsWith(path + "/"))
                .findFirst()
                .map(file -> first(file.path(), depth));
    }

    private static String first(String path, int depth) {
        var names = path.split("/", -1);
        return String.join("/", List.of(names).subList(0, Math.min(depth, names.length)));
    }

    private String relative(FileStatus file) {
        return root.relativize(file.onDisk()).toString().replace('\\', '/');
    }

    /** Where what this path in the torrent means lies now. */
    String onDisk(String path) {
        if (path.isEmpty()) {
            return root.toString();
        }
        int depth = path.split("/", -1).length;
        return files.stream()
                .filter(file -> file.path().equals(path) || file.path().startsWith(path + "/"))
                .findFirst()
                .map(file -> root.resolve(first(relative(file), depth)).toString())
                .orElse("");
    }

    private static String lastName(String old, String wanted) throws CommandException {
        int slash = wanted.lastIndexOf('/');
        int before = old.lastIndexOf('/');
        boolean staysThere =
                slash == before && slash >= 0 && wanted.substring(0, slash).equals(old.substring(0, before));
        if (slash >= 0 && !staysThere) {
            throw new CommandException(
                    "failed",
                    "'" + wanted + "' leads to another folder",
                    "give a new name only; `move` takes all of it to another folder");
        }
        return wanted.substring(slash + 1);
    }

    private static String strip(String path) {
        var start = path.startsWith("./") ? path.substring(2) : path;
        return start.length() > 1 && start.endsWith("/") ? start.substring(0, start.length() - 1) : start;
    }

    private String example() {
        return files.get(0).path();
    }
}
