package net.shoal.conformance.disk;

import java.nio.file.FileStore;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.attribute.FileStoreAttributeView;
import org.jspecify.annotations.Nullable;

/** What there is to know of a {@link FragileDisk}. */
final class FragileStore extends FileStore {
    private final FragileDisk disk;

    FragileStore(FragileDisk disk) {
        this.disk = disk;
    }

    @Override
    public String name() {
        return "fragile";
    }

    @Override
    public String type() {
        return "fragile";
    }

    @Override
    public boolean isReadOnly() {
        return false;
    }

    @Override
    public long getTotalSpace() {
        return Long.MAX_VALUE;
    }

    @Override
    public long getUsableSpace() {
        return disk.usable();
    }

    @Override
    public long getUnallocatedSpace() {
        return disk.usable();
    }

    @Override
    public boolean supportsFileAttributeView(Class<? extends FileAttributeView> type) {
        return false;
    }

    @Override
    public boolean supportsFileAttributeView(String name) {
        return name.equals("basic");
    }

    @Override
    public <V extends FileStoreAttributeView> @Nullable V getFileStoreAttributeView(Class<V> type) {
        return null;
    }

    @Override
    public Object getAttribute(String attribute) {
        throw new UnsupportedOperationException(attribute);
    }
}
