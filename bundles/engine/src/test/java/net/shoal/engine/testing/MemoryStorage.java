package net.shoal.engine.testing;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongConsumer;
import net.shoal.api.transfer.ContentLocation;
import net.shoal.api.transfer.PieceStore;
import net.shoal.api.transfer.StorageProvider;
import net.shoal.base.metainfo.Info;

/** Content in arrays, one for each place; what is not written reads as not there. Can be told to fail. */
public final class MemoryStorage implements StorageProvider {
    private final Map<ContentLocation, byte[]> contents = new ConcurrentHashMap<>();
    private final Map<ContentLocation, boolean[]> present = new ConcurrentHashMap<>();
    private volatile String failure = "";

    @Override
    public String name() {
        return "memory";
    }

    /** Piece space of a contiguous layout. */
    public void put(ContentLocation location, byte[] content, int pieces) {
        contents.put(location, content);
        var all = new boolean[pieces];
        java.util.Arrays.fill(all, true);
        present.put(location, all);
    }

    public byte[] get(ContentLocation location) {
        return contents.get(location);
    }

    /** From now on every write fails with these words; not any more if they are empty. */
    public void failWith(String words) {
        failure = words;
    }

    @Override
    public void move(Info info, ContentLocation from, ContentLocation to, LongConsumer progress) {
        var content = contents.remove(from);
        var there = present.remove(from);
        if (content != null && there != null) {
            contents.put(to, content);
            present.put(to, there);
        }
    }

    @Override
    public PieceStore open(Info info, ContentLocation location, boolean readOnly) {
        var layout = info.layout();
        var bytes = contents.computeIfAbsent(location, any -> new byte[(int) layout.totalLength()]);
        var there = present.computeIfAbsent(location, any -> new boolean[layout.pieceCount()]);
        return new PieceStore() {
            @Override
            public int read(int piece, int offset, ByteBuffer into) {
                if (!there[piece]) {
                    return 0;
                }
                int count = Math.min(into.remaining(), layout.lengthOf(piece) - offset);
                into.put(bytes, (int) layout.offsetOf(piece) + offset, count);
                return count;
            }

            @Override
            public void write(int piece, int offset, ByteBuffer from) throws IOException {
                if (!failure.isEmpty()) {
                    throw new IOException(failure);
                }
                from.get(bytes, (int) layout.offsetOf(piece) + offset, from.remaining());
                there[piece] = true;
            }

            @Override
            public boolean mayHold(int piece) {
                return there[piece];
            }

            @Override
            public Path pathOf(int index) {
                return location.root(info.name())
                        .resolve(String.join("/", info.files().get(index).path()));
            }

            @Override
            public void sync() {}

            @Override
            public void close() {}
        };
    }

    @Override
    public void delete(Info info, ContentLocation location) {
        contents.remove(location);
        present.remove(location);
    }
}
