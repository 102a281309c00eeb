package net.shoal.engine.transfer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongConsumer;
import net.shoal.api.transfer.ContentLocation;
import net.shoal.api.transfer.PieceStore;
import net.shoal.api.transfer.StorageException;
import net.shoal.api.transfer.StorageException.Trouble;
import net.shoal.api.transfer.StorageProvider;
import net.shoal.base.metainfo.Info;

/**
 * A storage that may go: it is known what of it is in use, so that its bundle waits until nothing is. Its classes go with it, and what was
 * under way would stop in the middle.
 */
public final class CountedStorage implements StorageProvider {
    private final StorageProvider storage;
    private final String name;
    private int users;
    private boolean gone;

    public CountedStorage(StorageProvider storage) {
        this.storage = storage;
        this.name = storage.name();
    }

    /**
     * Lets nobody begin to use it any more, and waits for those who do.
     *
     * @return false if some did not let go of it in time
     */
    public synchronized boolean retire(long millis) throws InterruptedException {
        gone = true;
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        while (users > 0) {
            long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            if (left <= 0) {
                return false;
            }
            wait(left);
        }
        return true;
    }

    private synchronized void begin() throws StorageException {
        if (gone) {
            throw missing(name);
        }
        users++;
    }

    private synchronized void end() {
        users--;
        notifyAll();
    }

    static StorageException missing(String name) {
        return new StorageException(
                Trouble.NO_STORAGE,
                "there is no storage named " + name,
                "install the plugin that provides it, and the transfer goes on");
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public PieceStore open(Info info, ContentLocation location, boolean readOnly) throws IOException {
        begin();
        boolean opened = false;
        try {
            var store = new Store(storage.open(info, location, readOnly));
            opened = true;
            return store;
        } finally {
            if (!opened) {
                end();
            }
        }
    }

    @Override
    public void move(Info info, ContentLocation from, ContentLocation to, LongConsumer progress) throws IOException {
        begin();
        try {
            storage.move(info, from, to, progress);
        } finally {
            end();
        }
    }

    @Override
    public void delete(Info info, ContentLocation location) throws IOException {
        begin();
        try {
            storage.delete(info, location);
        } finally {
            end();
        }
    }

    /** In use until it is closed. */
    private final class Store implements PieceStore {
        private final PieceStore store;
        private final AtomicBoolean closed = new AtomicBoolean();

        Store(PieceStore store) {
            this.store = store;
        }

        @Override
        public int read(int piece, int offset, ByteBuffer into) throws IOException {
            return store.read(piece, offset, into);
        }

        @Override
        public void write(int piece, int offset, ByteBuffer from) throws IOException {
            store.write(piece, offset, from);
        }

        @Override
        public boolean mayHold(int piece) {
            return store.mayHold(piece);
        }

        @Override
        public boolean wasThere(int index) {
            return store.wasThere(index);
        }

        @Override
        public Path pathOf(int index) {
            return store.pathOf(index);
        }

        @Override
        public void complete() throws IOException {
            store.complete();
        }

        @Override
        public void mayBeUnsynced(int piece) {
            store.mayBeUnsynced(piece);
        }

        @Override
        public void sync() throws IOException {
            store.sync();
        }

        @Override
        public void close() throws IOException {
            try {
                store.close();
            } finally {
                if (closed.compareAndSet(false, true)) {
                    end();
                }
            }
        }
    }
}
