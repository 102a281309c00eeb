package net.shoal.conformance.disk;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;

/** A file or a folder: as programs see it, and as it lies on the disk. Under the disk's lock. */
final class Inode {
    private static final int PAGE = 4096;

    final boolean isFolder;
    final Map<String, Inode> entries = new LinkedHashMap<>();
    final Map<String, Inode> durableEntries = new LinkedHashMap<>();
    private byte[] bytes = new byte[0];
    private byte[] durableBytes = new byte[0];
    private long modified = System.currentTimeMillis();
    private long durableModified = modified;
    private final BitSet dirty = new BitSet();
    private boolean sizeIsDirty;

    private Inode(boolean isFolder) {
        this.isFolder = isFolder;
    }

    static Inode folder() {
        return new Inode(true);
    }

    static Inode file() {
        return new Inode(false);
    }

    int size() {
        return bytes.length;
    }

    long modified() {
        return modified;
    }

    void modified(long now) {
        modified = now;
    }

    int read(ByteBuffer into, long at) {
        if (at >= bytes.length) {
            return into.hasRemaining() ? -1 : 0;
        }
        int count = (int) Math.min(into.remaining(), bytes.length - at);
        into.put(bytes, (int) at, count);
        return count;
    }

    int write(ByteBuffer from, long at) {
        int count = from.remaining();
        int end = Math.toIntExact(at + count);
        if (end > bytes.length) {
            resize(end);
        }
        from.get(bytes, (int) at, count);
        if (count > 0) {
            dirty.set((int) at / PAGE, (end + PAGE - 1) / PAGE);
        }
        modified = System.currentTimeMillis();
        return count;
    }

    void resize(int size) {
        bytes = Arrays.copyOf(bytes, size);
        sizeIsDirty = true;
        modified = System.currentTimeMillis();
    }

    void sync() {
        keep(dirty, sizeIsDirty);
        durableModified = modified;
        dirty.clear();
        sizeIsDirty = false;
    }

    /** As Linux has it: what could not be written is not tried again. */
    void syncFails() {
        dirty.clear();
        sizeIsDirty = false;
    }

    /** Some of what was not synced is on the disk all the same; the disk is all there is from now on. */
    void settle(RandomGenerator random) {
        var kept = new BitSet();
        dirty.stream().filter(page -> random.nextBoolean()).forEach(kept::set);
        keep(kept, sizeIsDirty && random.nextBoolean());
        if (random.nextBoolean()) {
            durableModified = modified;
        }
        bytes = durableBytes.clone();
        modified = durableModified;
        dirty.clear();
        sizeIsDirty = false;
        entries.clear();
        entries.putAll(durableEntries);
    }

    private void keep(BitSet pages, boolean size) {
        if (size) {
            durableBytes = Arrays.copyOf(durableBytes, bytes.length);
        }
        pages.stream().forEach(page -> {
            int start = page * PAGE;
            int end = Math.min(Math.min(bytes.length, durableBytes.length), start + PAGE);
            if (start < end) {
                System.arraycopy(bytes, start, durableBytes, start, end - start);
            }
        });
    }
}
