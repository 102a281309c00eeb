package net.shoal.engine.transfer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import net.shoal.api.transfer.FilePriority;
import net.shoal.base.metainfo.FileEntry;
import net.shoal.base.metainfo.Glob;
import net.shoal.base.metainfo.Info;
import net.shoal.base.model.Bitfield;
import net.shoal.base.model.PieceLayout;

/** How much each file of a torrent is wanted, and what that makes of its pieces. */
final class Selection {
    /**
     * Of a file, what is fetched first at either end for a preview: players read the header of a video and its index, which lies at one of
     * the ends and takes well below a hundredth of it.
     */
    private static final int PREVIEW_PART = 100;

    /** Pieces that hold nothing else: who wants everything is to have everything. */
    private static final byte OF_PADDING = 1;

    private final Info info;
    private final List<FilePriority> files;

    private Selection(Info info, List<FilePriority> files) {
        this.info = info;
        this.files = files;
    }

    /**
     * @param only globs, see {@link Glob}; empty: everything
     * @param indices of files (BEP 53), which count only where there are no globs
     * @param chosen of single files, by index: these have the last word
     * @throws IllegalArgumentException if the globs match nothing
     */
    static Selection of(Info info, List<String> only, List<Integer> indices, Map<Integer, FilePriority> chosen) {
        var wanted = wanted(info, only, indices);
        var files = new ArrayList<FilePriority>(info.files().size());
        for (int i = 0; i < info.files().size(); i++) {
            var byDefault = wanted.get(i) ? FilePriority.NORMAL : FilePriority.SKIP;
            files.add(info.files().get(i).isPad() ? FilePriority.SKIP : chosen.getOrDefault(i, byDefault));
        }
        return new Selection(info, Collections.unmodifiableList(files));
    }

    private static Bitfield wanted(Info info, List<String> only, List<Integer> indices) {
        var globs = only.stream().map(Glob::new).toList();
        var wanted = new Bitfield(info.files().size());
        if (globs.isEmpty() && indices.isEmpty()) {
            wanted.setAll();
        } else if (globs.isEmpty()) {
            indices.stream().filter(i -> i >= 0 && i < wanted.size()).forEach(wanted::set);
        } else {
            for (int i = 0; i < wanted.size(); i++) {
                var file = info.files().get(i);
                if (!file.isPad() && globs.stream().anyMatch(glob -> glob.matches(path(file)))) {
                    wanted.set(i);
                }
            }
            if (wanted.isEmpty()) {
                throw new IllegalArgumentException("no file matches " + String.join(", ", only)
                        + "; there is for example " + path(info.files().get(0)));
            }
        }
        return wanted;
    }

    static String path(FileEntry file) {
        return String.join("/", file.path());
    }

    FilePriority priority(int file) {
        return files.get(file);
    }

    boolean wants(int file) {
        return files.get(file) != FilePriority.SKIP;
    }

    /** No file is wanted at all. */
    boolean isNothing() {
        return IntStream.range(0, files.size()).noneMatch(this::wants);
    }

    private boolean isEverything() {
        return IntStream.range(0, files.size())
                .allMatch(i -> wants(i) || info.files().get(i).isPad());
    }

    /** Of the wanted files. */
    long bytes() {
        return IntStream.range(0, files.size())
                .filter(this::wants)
                .mapToLong(i -> info.files().get(i).length())
                .sum();
    }

    /** For each piece the most that one of its files is wanted, as the picker has it. */
    byte[] priorities() {
        var pieces = new byte[info.layout().pieceCount()];
        if (isEverything()) {
            Arrays.fill(pieces, OF_PADDING);
        }
        for (int i = 0; i < files.size(); i++) {
            byte priority = forPicker(files.get(i));
            var file = info.files().get(i);
            for (int piece = first(file); piece <= last(file); piece++) {
                pieces[piece] = (byte) Math.max(pieces[piece], priority);
            }
        }
        return pieces;
    }

    private static byte forPicker(FilePriority priority) {
        return switch (priority) {
            case SKIP -> 0;
            case LOW -> 2;
            case NORMAL -> 4;
            case HIGH -> 6;
        };
    }

    /** The pieces at both ends of every wanted file: a hundredth of it each, and one at least. */
    Bitfield ends() {
        var ends = new Bitfield(info.layout().pieceCount());
        for (int i = 0; i < files.size(); i++) {
            if (wants(i)) {
                markEnds(info.files().get(i), ends);
            }
        }
        return ends;
    }

    private void markEnds(FileEntry file, Bitfield ends) {
        long preview = (file.length() + PREVIEW_PART - 1) / PREVIEW_PART;
        for (int piece = first(file); piece <= last(file); piece++) {
            var layout = info.layout();
            long start = layout.offsetOf(piece);
            if (start < file.offset() + preview
                    || start + layout.pieceLength() > file.offset() + file.length() - preview) {
                ends.set(piece);
            }
        }
    }

    /** Bytes of the pieces that are wanted and not verified. */
    long left(Bitfield verified) {
        var priorities = priorities();
        long left = 0;
        for (int piece = 0; piece < priorities.length; piece++) {
            if (priorities[piece] > 0 && !verified.get(piece)) {
                left += info.layout().lengthOf(piece);
            }
        }
        return left;
    }

    /** Bytes of verified pieces that lie in this file. */
    long done(FileEntry file, Bitfield verified) {
        long done = 0;
        for (int piece = first(file); piece <= last(file); piece++) {
            if (verified.get(piece)) {
                PieceLayout layout = info.layout();
                long start = Math.max(file.offset(), layout.offsetOf(piece));
                long end = Math.min(file.offset() + file.length(), layout.offsetOf(piece) + layout.lengthOf(piece));
                done += end - start;
            }
        }
        return done;
    }

    private int first(FileEntry file) {
        return (int) (file.offset() / info.layout().pieceLength());
    }

    /** Before the first one for an empty file. */
    private int last(FileEntry file) {
        return (int) ((file.offset() + file.length() - 1) / info.layout().pieceLength()) - (file.length() == 0 ? 1 : 0);
    }
}
