package net.shoal.itests.interop;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/** What the tests transfer, made from a seed; larger ones are worth a larger piece. */
enum Content {
    /** Files of a few bytes, and some that end in the middle of a piece. No empty one: Transmission leaves those out. */
    FOLDER(64 << 10) {
        @Override
        void writeTo(Path folder, Random random) throws IOException {
            file(folder.resolve("few.txt"), 13, random);
            file(folder.resolve("inner/pieces.bin"), (1 << 20) + 4711, random);
            file(folder.resolve("inner/deep/last.bin"), 300_000, random);
        }
    },
    UNICODE(32 << 10) {
        @Override
        void writeTo(Path folder, Random random) throws IOException {
            for (var name : List.of("Grüße aus Köln.txt", "你好/世界 🐟.bin", "ñandú/Ωμέγα/a b+c&d=e%20f.bin")) {
                file(folder.resolve(name), 100_000, random);
            }
        }
    },
    MANY_FILES(256 << 10) {
        @Override
        void writeTo(Path folder, Random random) throws IOException {
            for (int i = 0; i < 5_000; i++) {
                file(folder.resolve("d%02d/f%04d".formatted(i % 50, i)), random.nextInt(8_192), random);
            }
        }
    },
    /** One file, for those who are slow. */
    MEDIUM(256 << 10) {
        @Override
        void writeTo(Path file, Random random) throws IOException {
            file(file, (24 << 20) + 1, random);
        }
    },
    LARGE(1 << 20) {
        @Override
        void writeTo(Path file, Random random) throws IOException {
            file(file, (256 << 20) + 12_345, random);
        }
    };

    private static final int BUFFER = 1 << 20;

    private final int pieceBytes;

    Content(int pieceBytes) {
        this.pieceBytes = pieceBytes;
    }

    int pieceBytes() {
        return pieceBytes;
    }

    /** Writes it below {@code parent}. The name is that of the torrent. */
    Path write(Path parent, String name) throws IOException {
        var root = parent.resolve(name);
        writeTo(root, new Random((name() + name).hashCode()));
        return root;
    }

    abstract void writeTo(Path root, Random random) throws IOException;

    private static void file(Path file, int size, Random random) throws IOException {
        Files.createDirectories(file.getParent());
        var buffer = new byte[Math.min(size, BUFFER)];
        try (OutputStream out = Files.newOutputStream(file)) {
            for (int written = 0; written < size; written += buffer.length) {
                random.nextBytes(buffer);
                out.write(buffer, 0, Math.min(buffer.length, size - written));
            }
        }
    }
}
