package net.shoal.engine.testing;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.function.LongConsumer;
import net.shoal.api.transfer.ContentLocation;
import net.shoal.api.transfer.PieceStore;
import net.shoal.api.transfer.StorageException;
import net.shoal.api.transfer.StorageProvider;
import net.shoal.base.metainfo.Info;

/** Another storage, of which reading, moving and opening can be held up or made to fail. */
public final class GatedStorage implements StorageProvider {
    private final StorageProvider storage;
    private volatile boolean reads = true;
    private volatile boolean moves = true;
    private volatile boolean opens = true;
    private volatile boolean opensAtOnce = true;
    private volatile String moveFailure = "";

    public GatedStorage(StorageProvider storage) {
        this.storage = storage;
    }

    /** False holds up every read, as of a slow disk. */
    public void reads(boolean go) {
        reads = go;
    }

    /** False holds up every move once it is under way. */
    public void moves(boolean go) {
        moves = go;
    }

    /** Not empty: every move that is under way fails with it, as of a full disk. */
    public void failMoves(String words) {
        moveFailure = words;
    }

    /** False holds up every opening, as of a drive that has to spin up. */
    public void opensAtOnce(boolean go) {
        opensAtOnce = go;
    }

    /** False has opening fail. */
    public void opens(boolean go) {
        opens = go;
    }

    @Override
    public String name() {
        return storage.name();
    }

    @Override
    public void move(Info info, ContentLocation from, ContentLocation to, LongConsumer progress) throws IOException {
        progress.accept(0);
        while (!moves) {
            pause();
            progress.accept(1);
        }
        if (!moveFailure.isEmpty()) {
            throw new StorageException(StorageException.Trouble.DISK_FULL, moveFailure, "make room");
        }
        storage.move(info, from, to, progress);
    }

    private static void pause() {
        try {
            Thread.sleep(2);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public PieceStore open(Info info, ContentLocation location, boolean readOnly) throws IOException {
        while (!opensAtOnce) {
            pause();
        }
        if (!opens) {
            throw new StorageException(StorageException.Trouble.MISSING, "the drive is away", "bring it back");
        }
        var store = storage.open(info, location, readOnly);
        return new PieceStore() {
            @Override
            public int read(int piece, int offset, ByteBuffer into) throws IOException {
                while (!reads) {
                    pause();
                }
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
            public void sync() throws IOException {
                store.sync();
            }

            @Override
            public void close() throws IOException {
                store.close();
            }
        };
    }

    @Override
    public void delete(Info info, ContentLocation location) throws IOException {
        storage.delete(info, location);
    }
}
