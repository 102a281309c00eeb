package net.shoal.engine.source;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.shoal.base.metainfo.Info;

/** Which parts of which files lie in a stretch of piece space. Padding belongs to no file, and reads as zeros. */
final class FileSpans {
    /** Files with content, in the order of piece space. */
    private final int[] files;

    private final long[] begins;
    private final long[] ends;

    /**
     * A part of a file.
     *
     * @param offset in the file
     * @param at in piece space
     */
    record FileSpan(int file, long offset, long length, long at) {
        long end() {
            return at + length;
        }
    }

    FileSpans(Info info) {
        var all = info.files();
        var indices = new int[all.size()];
        int count = 0;
        for (int i = 0; i < all.size(); i++) {
            if (!all.get(i).isPad() && all.get(i).length() > 0) {
                indices[count++] = i;
            }
        }
        files = Arrays.copyOf(indices, count);
        begins = new long[count];
        ends = new long[count];
        for (int i = 0; i < count; i++) {
            var file = all.get(files[i]);
            begins[i] = file.offset();
            ends[i] = file.offset() + file.length();
        }
    }

    /** In order; nothing where all of it is padding. */
    List<FileSpan> of(long from, long to) {
        var spans = new ArrayList<FileSpan>(1);
        for (int i = first(from); i < files.length && begins[i] < to; i++) {
            long begin = Math.max(from, begins[i]);
            long end = Math.min(to, ends[i]);
            spans.add(new FileSpan(files[i], begin - begins[i], end - begin, begin));
        }
        return spans;
    }

    /** True if no byte of a file lies between. */
    boolean isPadding(long from, long to) {
        int next = first(from);
        return from >= to || next == files.length || begins[next] >= to;
    }

    /** The first file that ends behind this place. */
    private int first(long from) {
        int found = Arrays.binarySearch(ends, from + 1);
        return found >= 0 ? found : -found - 1;
    }
}
