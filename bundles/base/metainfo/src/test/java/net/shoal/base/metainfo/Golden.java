package net.shoal.base.metainfo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * Torrents that libtorrent 2.0.8 and mktorrent 1.1 made of the content that {@link #writeFolder} and {@link #writeSingle} write. They are also
 * the seeds of {@link MetainfoFuzz}.
 */
final class Golden {
    static final List<String> NAMES = List.of(
            "libtorrent-v1-folder",
            "libtorrent-v1-single",
            "libtorrent-v2-folder",
            "libtorrent-v2-single",
            "libtorrent-hybrid-folder",
            "libtorrent-hybrid-single",
            "mktorrent-v1-folder",
            "mktorrent-v1-single");

    private Golden() {}

    static ByteBuffer torrent(String name) {
        try (var in = Golden.class.getResourceAsStream("MetainfoFuzzInputs/" + name + ".torrent")) {
            return ByteBuffer.wrap(Objects.requireNonNull(in, name).readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Metainfo read(String name) throws MetainfoException {
        return new MetainfoReader().metainfo(torrent(name));
    }

    static Path writeFolder(Path parent) throws IOException {
        var root = Files.createDirectories(parent.resolve("golden"));
        Files.createDirectories(root.resolve("dir"));
        Files.write(root.resolve("Zebra.txt"), content(10, 1));
        Files.write(root.resolve("dir/b.bin"), content(100_000, 2));
        Files.write(root.resolve("dir/empty"), content(0, 3));
        Files.write(root.resolve("dir/größe 日本.bin"), content(40_000, 4));
        Files.write(root.resolve("dir.txt"), content(5, 5));
        Files.write(root.resolve("run.sh"), content(49_152, 6));
        if (!root.resolve("run.sh").toFile().setExecutable(true)) {
            throw new IOException("cannot make a file executable");
        }
        return root;
    }

    static Path writeSingle(Path parent) throws IOException {
        return Files.write(parent.resolve("single.bin"), content(200_000, 7));
    }

    static byte[] content(int length, int seed) {
        var content = new byte[length];
        for (int i = 0; i < length; i++) {
            content[i] = (byte) (i * 31 + seed * 7 + (i >> 8));
        }
        return content;
    }

    /** A file that is in memory. */
    record MemoryFile(List<String> path, ByteBuffer bytes) implements SourceFile {
        static MemoryFile of(String path, byte[] bytes) {
            return new MemoryFile(List.of(path.split("/")), ByteBuffer.wrap(bytes));
        }

        @Override
        public long length() {
            return bytes.capacity();
        }

        @Override
        public boolean isExecutable() {
            return false;
        }

        @Override
        public SeekableByteChannel open() {
            return new MemoryChannel(bytes.duplicate().clear());
        }

        @Override
        public String toString() {
            return String.join("/", path);
        }
    }

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
            // a channel may give less than is asked for
            int count = Math.min(Math.min(into.remaining(), bytes.remaining()), 10_000);
            into.put(bytes.slice().limit(count));
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
        public SeekableByteChannel position(long position) {
            bytes.position((int) position);
            return this;
        }

        @Override
        public long size() {
            return bytes.capacity();
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
