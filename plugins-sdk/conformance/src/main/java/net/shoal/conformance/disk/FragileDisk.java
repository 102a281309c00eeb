package net.shoal.conformance.disk;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A file system in memory with a disk below it. What is written, made, renamed or deleted is on the disk only once it was synced: {@link
 * #cutPower} keeps a random choice of the rest, page by page and name by name, in no order but that of each page and each name. A file
 * that is renamed within the disk is never lost by it. Each call can be made to fail beforehand.
 *
 * <p>May be used by several threads; after a power cut the file system that was had before fails for good.
 */
public final class FragileDisk {
    private final Inode root = Inode.folder();
    private final AtomicLong calls = new AtomicLong();
    private final List<Change> unsyncedChanges = new ArrayList<>();
    private FragileFileSystem system;
    private int boot;
    private long capacity = Long.MAX_VALUE;
    private volatile Faults faults = (call, path, number) -> {};

    public FragileDisk() {
        system = new FragileFileSystem(this, boot);
    }

    /** What is asked of a file system. */
    public enum Call {
        LOOK,
        LIST,
        OPEN,
        MAKE,
        READ,
        WRITE,
        TRUNCATE,
        SYNC,
        RENAME,
        DELETE;

        public boolean changes() {
            return this != LOOK && this != LIST && this != OPEN && this != READ;
        }
    }

    /** Makes calls fail. */
    @FunctionalInterface
    public interface Faults {
        /**
         * Before the call is carried out.
         *
         * @param number of the call since the disk was made, from 0
         * @throws IOException what the caller gets instead
         */
        void before(Call call, Path path, long number) throws IOException;
    }

    /** One step of the folders, which happens as a whole or not at all. */
    private record Change(Set<Place> places) {
        boolean touches(Inode folder) {
            return places.stream().anyMatch(place -> place.folder == folder);
        }

        boolean meets(Set<Place> others) {
            return places.stream().anyMatch(place -> others.stream().anyMatch(place::isSame));
        }
    }

    /** A name in a folder, and what lies there from now on. */
    record Place(Inode folder, String name, @Nullable Inode now) {
        boolean isSame(Place other) {
            return folder == other.folder && name.equals(other.name);
        }

        void make(boolean durably) {
            var entries = durably ? folder.durableEntries : folder.entries;
            if (now == null) {
                entries.remove(name);
            } else {
                entries.put(name, now);
            }
        }
    }

    /** As it is until the next power cut. */
    public synchronized FileSystem fileSystem() {
        return system;
    }

    public Path path(String first, String... more) {
        return fileSystem().getPath(first, more);
    }

    public void faults(Faults made) {
        faults = made;
    }

    /** Bytes that files may have altogether. */
    public synchronized void capacity(long bytes) {
        capacity = bytes;
    }

    /** Calls so far. */
    public long calls() {
        return calls.get();
    }

    /** From now on nothing reaches the disk any more; what had not been synced is left to chance. */
    public synchronized void cutPower(RandomGenerator random) {
        boot++;
        var lost = new HashSet<Place>();
        for (var change : unsyncedChanges) {
            if (random.nextBoolean() || change.meets(lost)) {
                lost.addAll(change.places);
            } else {
                change.places.forEach(place -> place.make(true));
            }
        }
        unsyncedChanges.clear();
        settle(root, random, new HashSet<>());
        system = new FragileFileSystem(this, boot);
    }

    private static void settle(Inode node, RandomGenerator random, Set<Inode> seen) {
        if (!seen.add(node)) {
            return;
        }
        node.settle(random);
        node.entries.values().forEach(child -> settle(child, random, seen));
    }

    /** To be called, and held, for whatever is done. */
    synchronized <T> T call(FragilePath path, Call call, Action<T> action) throws IOException {
        check(path.getFileSystem());
        faults.before(call, path, calls.getAndIncrement());
        check(path.getFileSystem());
        return action.run();
    }

    private void check(FragileFileSystem asked) throws IOException {
        if (asked.boot() != boot) {
            throw new IOException("the power is off");
        }
    }

    /** What a call does. */
    interface Action<T> {
        T run() throws IOException;
    }

    // ---- under the lock

    Inode root() {
        return root;
    }

    Inode find(FragilePath path) throws IOException {
        var node = root;
        for (var name : path.names()) {
            if (!node.isFolder) {
                throw new NotDirectoryException(path.toString());
            }
            node = node.entries.get(name);
            if (node == null) {
                throw new NoSuchFileException(path.toString());
            }
        }
        return node;
    }

    /** One step: all of these. */
    void change(Place... places) {
        var change = new Change(Set.of(places));
        change.places.forEach(place -> place.make(false));
        unsyncedChanges.add(change);
    }

    /** With all that has to come before. */
    void syncFolder(Inode folder) {
        var wanted = new ArrayList<Change>();
        var places = new HashSet<Place>();
        for (int i = unsyncedChanges.size() - 1; i >= 0; i--) {
            var change = unsyncedChanges.get(i);
            if (change.touches(folder) || change.meets(places)) {
                wanted.add(0, change);
                places.addAll(change.places);
            }
        }
        wanted.forEach(change -> change.places.forEach(place -> place.make(true)));
        unsyncedChanges.removeAll(wanted);
    }

    void reserve(FragilePath path, long more) throws IOException {
        if (more > usable()) {
            throw new FileSystemException(path.toString(), null, "No space left on device");
        }
    }

    synchronized long usable() {
        return capacity == Long.MAX_VALUE ? capacity : Math.max(0, capacity - sizeOf(root));
    }

    private static long sizeOf(Inode node) {
        return node.isFolder
                ? node.entries.values().stream().mapToLong(FragileDisk::sizeOf).sum()
                : node.size();
    }
}
