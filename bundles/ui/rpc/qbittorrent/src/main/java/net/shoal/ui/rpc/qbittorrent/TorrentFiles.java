package net.shoal.ui.rpc.qbittorrent;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.shoal.api.transfer.FilePriority;
import net.shoal.api.transfer.TransferChange;
import net.shoal.api.transfer.TransferDetails.FileStatus;
import net.shoal.base.metainfo.FileEntry;

/** Files of a transfer as programs count and call them: without padding, and by where they lie below the save path. */
final class TorrentFiles {
    private static final long SKIP = 0;
    private static final long NORMAL = 1;
    private static final long HIGH = 6;
    private static final long HIGHEST = 7;

    private TorrentFiles() {}

    /** Their names: on disk, with {@code /}, from the save path down. */
    static List<String> names(Look look) {
        var root = look.status().path();
        var folder = root.getParent() == null ? root : root.getParent();
        var names = new ArrayList<String>();
        for (var file : look.details().files()) {
            names.add(
                    file.onDisk().startsWith(folder)
                            ? folder.relativize(file.onDisk()).toString().replace('\\', '/')
                            : file.path());
        }
        return names;
    }

    static List<Map<String, Object>> rows(Look look) {
        var names = names(look);
        var files = look.details().files();
        var rows = new ArrayList<Map<String, Object>>();
        for (int i = 0; i < files.size(); i++) {
            rows.add(row(look, i, names.get(i), files.get(i)));
        }
        return rows;
    }

    private static Map<String, Object> row(Look look, int index, String name, FileStatus file) {
        var row = new LinkedHashMap<String, Object>();
        row.put("index", (long) index);
        row.put("name", name);
        row.put("size", file.length());
        row.put("progress", file.length() == 0 ? 1.0 : TorrentRow.part(file.done(), file.length()));
        row.put("priority", priority(file.priority()));
        row.put("availability", TorrentRow.UNKNOWN);
        row.put("piece_range", pieces(look, file));
        if (index == 0) {
            row.put("is_seed", StateWord.isComplete(look.status()));
        }
        return row;
    }

    private static List<Long> pieces(Look look, FileStatus file) {
        var entry = look.metainfo().map(known -> known.info().files().get(file.index()));
        int length = look.details().pieceLength();
        if (entry.isEmpty() || length == 0) {
            return List.of(0L, 0L);
        }
        long first = entry.map(FileEntry::offset).orElse(0L);
        long last = Math.max(first, first + file.length() - 1);
        return List.of(first / length, last / length);
    }

    static long priority(FilePriority ours) {
        return switch (ours) {
            case SKIP -> SKIP;
            case LOW, NORMAL -> NORMAL;
            case HIGH -> HIGH;
        };
    }

    static Optional<FilePriority> priority(long theirs) {
        if (theirs == SKIP) {
            return Optional.of(FilePriority.SKIP);
        }
        if (theirs == NORMAL) {
            return Optional.of(FilePriority.NORMAL);
        }
        return theirs == HIGH || theirs == HIGHEST ? Optional.of(FilePriority.HIGH) : Optional.empty();
    }

    /**
     * To give a file another name where it lies.
     *
     * @param from as in {@link #names}, or a folder above such
     */
    static TransferChange.Rename rename(Look look, String from, String to, boolean folder) throws ApiException {
        var before = clean(from);
        var after = clean(to);
        if (after.isEmpty() || !above(before).equals(above(after))) {
            throw ApiException.conflict("Shoal gives files and folders other names, but leaves them in their folder");
        }
        var names = names(look);
        for (int i = 0; i < names.size(); i++) {
            boolean isIt = names.get(i).equals(before);
            if (folder ? names.get(i).startsWith(before + "/") : isIt) {
                return new TransferChange.Rename(inTorrent(look, i, before), last(after));
            }
        }
        throw ApiException.conflict("there is no " + (folder ? "folder " : "file ") + from);
    }

    /** The torrent's own path of what is called so on disk: as many names of it, less that of the root. */
    private static String inTorrent(Look look, int file, String onDisk) {
        int depth = onDisk.split("/").length - 1;
        var path = List.of(look.details().files().get(file).path().split("/"));
        return String.join("/", path.subList(0, Math.min(depth, path.size())));
    }

    private static String clean(String path) {
        return path.strip().replaceAll("/+$", "");
    }

    private static String above(String path) {
        return path.substring(0, Math.max(0, path.lastIndexOf('/')));
    }

    private static String last(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
