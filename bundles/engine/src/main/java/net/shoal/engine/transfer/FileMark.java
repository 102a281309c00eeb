package net.shoal.engine.transfer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import net.shoal.api.transfer.PieceStore;
import net.shoal.base.metainfo.Info;
import org.jspecify.annotations.Nullable;

/**
 * What a file looked like when its pieces were last known to be good: whoever changes it, changes that.
 *
 * @param size -1 if it was not there
 * @param modified milliseconds since 1970
 */
record FileMark(long size, long modified) {
    private static final FileMark MISSING = new FileMark(-1, 0);

    static List<FileMark> of(Info info, PieceStore store) {
        var marks = new ArrayList<FileMark>();
        Path absent = null;
        for (int i = 0; i < info.files().size(); i++) {
            var path = info.files().get(i).isPad() ? null : store.pathOf(i);
            if (path == null || (absent != null && path.startsWith(absent))) {
                marks.add(MISSING);
                continue;
            }
            var mark = of(path);
            marks.add(mark);
            if (mark.isMissing()) {
                absent = absentFolder(path);
            }
        }
        return List.copyOf(marks);
    }

    /** The highest folder above a path that is not there: nothing below it needs to be looked for. */
    private static @Nullable Path absentFolder(Path path) {
        Path absent = null;
        for (var folder = path.getParent(); folder != null && Files.notExists(folder); folder = folder.getParent()) {
            absent = folder;
        }
        return absent;
    }

    boolean isMissing() {
        return size < 0;
    }

    /** Of one file, by its index. */
    static FileMark of(Info info, PieceStore store, int file) {
        return info.files().get(file).isPad() ? MISSING : of(store.pathOf(file));
    }

    private static FileMark of(Path path) {
        try {
            var attributes = Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return new FileMark(attributes.size(), attributes.lastModifiedTime().toMillis());
        } catch (IOException e) {
            return MISSING;
        }
    }

    /**
     * True if nobody but us can have changed the file since this mark was made.
     *
     * @param now the file's mark now
     * @param until when the mark was made while we were writing to it ourselves, with some leeway; else 0, then it must be unchanged
     */
    boolean covers(FileMark now, long until) {
        return equals(now) || (until > 0 && now.size >= size && now.modified >= modified && now.modified <= until);
    }
}
