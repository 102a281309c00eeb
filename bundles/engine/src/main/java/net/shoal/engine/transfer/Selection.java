package net.shoal.engine.transfer;

import java.util.BitSet;
import java.util.List;
import net.shoal.base.metainfo.FileEntry;
import net.shoal.base.metainfo.Glob;
import net.shoal.base.metainfo.Info;
import net.shoal.base.model.Bitfield;

/** Which files of a torrent are wanted, and which pieces that takes. */
final class Selection {
    private final Info info;
    private final BitSet files;

    private Selection(Info info, BitSet files) {
        this.info = info;
        this.files = files;
    }

    /**
     * @param only globs, see {@link Glob}; empty: everything
     * @param indices of files (BEP 53), which count only where there are no globs
     * @throws IllegalArgumentException if nothing is left
     */
    static Selection of(Info info, List<String> only, List<Integer> indices) {
        var globs = only.stream().map(Glob::new).toList();
        var files = new BitSet();
        for (int i = 0; i < info.files().size(); i++) {
            var path = path(info.files().get(i));
            int index = i;
            boolean wanted = globs.isEmpty()
                    ? indices.isEmpty() || indices.stream().anyMatch(number -> number == index)
                    : globs.stream().anyMatch(glob -> glob.matches(path));
            files.set(i, wanted && !info.files().get(i).isPad());
        }
        if (files.isEmpty() && !globs.isEmpty()) {
            throw new IllegalArgumentException("no file matches " + String.join(", ", only) + "; there is for example "
                    + path(info.files().get(0)));
        }
        return new Selection(info, files);
    }

    static String path(FileEntry file) {
        return String.join("/", file.path());
    }

    boolean wants(int file) {
        return files.get(file);
    }

    boolean isEverything() {
        return bytes() == info.contentLength();
    }

    long bytes() {
        return files.stream().mapToLong(i -> info.files().get(i).length()).sum();
    }

    Bitfield pieces() {
        var pieces = new Bitfield(info.layout().pieceCount());
        if (isEverything()) {
            pieces.setAll();
            return pieces;
        }
        files.stream().forEach(i -> {
            var file = info.files().get(i);
            for (int piece = first(file); piece <= last(file); piece++) {
                pieces.set(piece);
            }
        });
        return pieces;
    }

    /** Bytes of verified pieces that lie in this file. */
    long done(FileEntry file, Bitfield verified) {
        long done = 0;
        for (int piece = first(file); piece <= last(file); piece++) {
            if (verified.get(piece)) {
                long start = Math.max(file.offset(), info.layout().offsetOf(piece));
                long end = Math.min(
                        file.offset() + file.length(),
                        info.layout().offsetOf(piece) + info.layout().lengthOf(piece));
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
