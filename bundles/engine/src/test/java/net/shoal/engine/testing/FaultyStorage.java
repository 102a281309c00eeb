package net.shoal.engine.testing;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.function.LongConsumer;
import net.shoal.api.transfer.ContentLocation;
import net.shoal.api.transfer.PieceStore;
import net.shoal.api.transfer.StorageProvider;
import net.shoal.base.metainfo.Info;

/** Another storage, of which one call fails. */
public record FaultyStorage(StorageProvider storage, NthFault fault) implements StorageProvider {
    private void check(String what) throws IOException {
        if (fault.isNext(what)) {
            throw new IOException("injected");
        }
    }

    @Override
    public String name() {
        return storage.name();
    }

    @Override
    public void move(Info info, ContentLocation from, ContentLocation to, LongConsumer progress) throws IOException {
        storage.move(info, from, to, progress);
    }

    @Override
    public void delete(Info info, ContentLocation location) throws IOException {
        storage.delete(info, location);
    }

    @Override
    public PieceStore open(Info info, ContentLocation location, boolean readOnly) throws IOException {
        check("opening the content");
        var store = storage.open(info, location, readOnly);
        return new PieceStore() {
            @Override
            public int read(int piece, int offset, ByteBuffer into) throws IOException {
                check("reading");
                return store.read(piece, offset, into);
            }

            @Override
            public void write(int piece, int offset, ByteBuffer from) throws IOException {
                check("writing");
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
                check("syncing");
                store.sync();
            }

            @Override
            public void close() throws IOException {
                store.close();
            }
        };
    }
}
