package net.shoal.engine.sim;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import net.shoal.base.metainfo.CreateOptions;
import net.shoal.base.metainfo.Metainfo;
import net.shoal.base.metainfo.MetainfoCreator;
import net.shoal.base.metainfo.SourceFile;
import net.shoal.base.metainfo.SourceTree;
import net.shoal.base.model.PieceLayout;
import net.shoal.base.wire.Message;
import net.shoal.engine.testing.Samples;

/** Files of random bytes and the torrent that is made of them. */
final class TestContent {
    private final Metainfo metainfo;
    private final byte[] inPieceSpace;

    private TestContent(Metainfo metainfo, byte[] inPieceSpace) {
        this.metainfo = metainfo;
        this.inPieceSpace = inPieceSpace;
    }

    Metainfo metainfo() {
        return metainfo;
    }

    static TestContent of(CreateOptions.Format format, int pieceLength, long seed, boolean isPrivate, int... lengths) {
        var random = new Random(seed);
        var files = new ArrayList<SourceFile>();
        for (int i = 0; i < lengths.length; i++) {
            var bytes = new byte[lengths[i]];
            random.nextBytes(bytes);
            files.add(new MemoryFile("file" + i, bytes));
        }
        var options = new CreateOptions(
                format,
                OptionalInt.of(pieceLength),
                CreateOptions.DEFAULTS.title(),
                CreateOptions.DEFAULTS.comment(),
                CreateOptions.DEFAULTS.source(),
                isPrivate,
                List.of(),
                List.of());
        try {
            var source = new SourceTree("content", false, files, List.of());
            var metainfo = new MetainfoCreator(Runnable::run, 1).create(source, options, (done, total) -> {});
            return new TestContent(metainfo, lay(metainfo, files));
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] lay(Metainfo metainfo, List<SourceFile> sources) {
        var all = new byte[MemoryStore.sizeOf(metainfo.info().layout())];
        for (var file : metainfo.info().files()) {
            for (var source : sources) {
                if (!file.isPad() && source.path().equals(file.path())) {
                    var bytes = ((MemoryFile) source).bytes;
                    System.arraycopy(bytes, 0, all, (int) file.offset(), bytes.length);
                }
            }
        }
        return all;
    }

    PieceLayout layout() {
        return metainfo.info().layout();
    }

    /** A copy, so that nobody can spoil it. */
    MemoryStore store() {
        return new MemoryStore(layout(), Arrays.copyOf(inPieceSpace, inPieceSpace.length));
    }

    /** Of one who fetches it and needs no memory for that. */
    MemoryStore sharedStore() {
        return MemoryStore.shared(layout(), inPieceSpace);
    }

    boolean isIn(MemoryStore store) {
        return Arrays.equals(store.bytes(), inPieceSpace);
    }

    /** From a place in piece space. */
    ByteBuffer bytes(long at, int length) {
        return ByteBuffer.wrap(inPieceSpace).slice((int) at, length);
    }

    /** The same content, of a torrent with another v1 hash of this piece. */
    TestContent withWrongV1Hash(int piece) {
        return new TestContent(Samples.withWrongV1Hash(metainfo, piece), inPieceSpace);
    }

    boolean holds(Message.Piece block) {
        return block(block.piece(), block.offset(), block.data().remaining()).equals(block.data());
    }

    /** The bytes of a block. */
    ByteBuffer block(int piece, int offset, int length) {
        return ByteBuffer.wrap(inPieceSpace).slice((int) layout().offsetOf(piece) + offset, length);
    }

    private static final class MemoryFile implements SourceFile {
        private final String name;
        private final byte[] bytes;

        MemoryFile(String name, byte[] bytes) {
            this.name = name;
            this.bytes = bytes;
        }

        @Override
        public List<String> path() {
            return List.of(name);
        }

        @Override
        public long length() {
            return bytes.length;
        }

        @Override
        public boolean isExecutable() {
            return false;
        }

        @Override
        public SeekableByteChannel open() {
            return new MemoryChannel(ByteBuffer.wrap(bytes));
        }
    }

    /** Reads an array. */
    private static final class MemoryChannel implements SeekableByteChannel {
        private final ByteBuffer bytes;

        MemoryChannel(ByteBuffer bytes) {
            this.bytes = bytes;
        }

        @Override
        public int read(ByteBuffer into) {
            if (!bytes.hasRemaining()) {
                return -1;
            }
            int count = Math.min(into.remaining(), bytes.remaining());
            into.put(bytes.slice(bytes.position(), count));
            bytes.position(bytes.position() + count);
            return count;
        }

        @Override
        public int write(ByteBuffer from) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long position() {
            return bytes.position();
        }

        @Override
        public SeekableByteChannel position(long at) {
            bytes.position((int) Math.min(at, bytes.limit()));
            return this;
        }

        @Override
        public long size() {
            return bytes.limit();
        }

        @Override
        public SeekableByteChannel truncate(long size) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {}
    }
}
