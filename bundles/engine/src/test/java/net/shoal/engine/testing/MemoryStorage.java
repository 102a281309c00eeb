package net.shoal.engine.testing;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongConsumer;
import net.shoal.api.transfer.ContentLocation;
import net.shoal.api.transfer.PieceStore;
import net.shoal.api.transfer.StorageProvider;
import net.shoal.base.metainfo.Info;
import net.shoal.base.model.PieceLayout;

/** Content in arrays, one for each place; what is not written reads as not there. Can be told to fail. */
public final class MemoryStorage implements StorageProvider {
    private final Map<Place, Content> contents = new ConcurrentHashMap<>();
    private volatile String failure = "";

    @Override
    public String name() {
        return "memory";
    }

    private record Place(Path root, Map<Integer, String> renamed) {
        static Place of(Info info, ContentLocation location) {
            return new Place(location.root(info.name()), location.renamed());
        }
    }

    /** In piece space; nothing if nothing was written. */
    public byte[] get(Path root) {
        var content = contents.get(new Place(root, Map.of()));
        return content == null ? new byte[0] : content.bytes;
    }

    /** From now on every write fails with these words; not any more if they are empty. */
    public void failWith(String words) {
        failure = words;
    }

    @Override
    public void move(Info info, ContentLocation from, ContentLocation to, LongConsumer progress) {
        var content = contents.remove(Place.of(info, from));
        if (content != null) {
            contents.put(Place.of(info, to), content);
        }
    }

    @Override
    public PieceStore open(Info info, ContentLocation location, boolean readOnly) {
        var content = contents.computeIfAbsent(Place.of(info, location), any -> new Content(info.layout()));
        return new Store(info, location, readOnly, content);
    }

    @Override
    public void delete(Info info, ContentLocation location) {
        contents.remove(Place.of(info, location));
    }

    private static final class Content {
        final byte[] bytes;
        /** Guarded by itself. */
        final BitSet present;

        Content(PieceLayout layout) {
            int last = layout.pieceCount() - 1;
            bytes = new byte[last < 0 ? 0 : Math.toIntExact(layout.offsetOf(last) + layout.lengthOf(last))];
            present = new BitSet(bytes.length);
        }

        /** Bytes from here on that are there. */
        int presentFrom(int at) {
            synchronized (present) {
                return present.nextClearBit(at) - at;
            }
        }

        void put(int at, ByteBuffer from) {
            int length = from.remaining();
            from.get(bytes, at, length);
            synchronized (present) {
                present.set(at, at + length);
            }
        }
    }

    private final class Store implements PieceStore {
        private final Info info;
        private final ContentLocation location;
        private final boolean readOnly;
        private final Content content;

        Store(Info info, ContentLocation location, boolean readOnly, Content content) {
            this.info = info;
            this.location = location;
            this.readOnly = readOnly;
            this.content = content;
        }

        private int at(int piece, int offset) {
            return Math.toIntExact(info.layout().offsetOf(piece) + offset);
        }

        @Override
        public int read(int piece, int offset, ByteBuffer into) {
            int at = at(piece, offset);
            int count = Math.min(into.remaining(), content.presentFrom(at));
            into.put(content.bytes, at, count);
            return count;
        }

        @Override
        public void write(int piece, int offset, ByteBuffer from) throws IOException {
            if (!failure.isEmpty()) {
                throw new IOException(failure);
            }
            if (readOnly) {
                throw new IOException("it is shared in place");
            }
            content.put(at(piece, offset), from);
            for (var file : info.files()) {
                if (file.isPad()) {
                    content.put((int) file.offset(), ByteBuffer.allocate((int) file.length()));
                }
            }
        }

        @Override
        public boolean mayHold(int piece) {
            return content.presentFrom(at(piece, 0)) >= info.layout().lengthOf(piece);
        }

        @Override
        public Path pathOf(int index) {
            var renamed = location.renamed().get(index);
            var path =
                    renamed == null ? String.join("/", info.files().get(index).path()) : renamed;
            return location.root(info.name()).resolve(path);
        }

        @Override
        public void sync() {}

        @Override
        public void close() {}
    }
}
