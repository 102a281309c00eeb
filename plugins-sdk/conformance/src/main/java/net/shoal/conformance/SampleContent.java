package net.shoal.conformance;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import net.shoal.base.metainfo.CreateOptions;
import net.shoal.base.metainfo.FileWalk;
import net.shoal.base.metainfo.Info;
import net.shoal.base.metainfo.MetainfoCreator;

/** Made-up content with its info dictionary: files that fill pieces, share them, are empty, lie in folders. */
final class SampleContent {
    static final int PIECE = 1 << 15;

    private final Info info;
    private final byte[] bytes;

    private SampleContent(Info info, byte[] bytes) {
        this.info = info;
        this.bytes = bytes;
    }

    /** @param folder where it may be put to be hashed */
    static SampleContent make(Path folder, String name, CreateOptions.Format format, long seed) throws IOException {
        var random = new Random(seed);
        var files = new LinkedHashMap<String, byte[]>();
        for (var file : lengths().entrySet()) {
            var content = new byte[file.getValue()];
            random.nextBytes(content);
            files.put(file.getKey(), content);
            var path = folder.resolve(name).resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.write(path, content);
        }
        var info = info(folder.resolve(name), format);
        return new SampleContent(info, inPieceSpace(info, files));
    }

    private static Map<String, Integer> lengths() {
        var lengths = new LinkedHashMap<String, Integer>();
        lengths.put("a.bin", 3 * PIECE + 12_345);
        lengths.put("empty", 0);
        lengths.put("folder/b.bin", 100);
        lengths.put("folder/deeper/c.bin", 2 * PIECE);
        lengths.put("z.bin", PIECE - 1);
        return lengths;
    }

    private static Info info(Path folder, CreateOptions.Format format) throws IOException {
        var options = new CreateOptions(
                format,
                OptionalInt.of(PIECE),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                List.of(),
                List.of());
        try {
            return new MetainfoCreator(Runnable::run, 1)
                    .create(FileWalk.list(folder), options, (hashed, total) -> {})
                    .info();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] inPieceSpace(Info info, Map<String, byte[]> files) {
        var layout = info.layout();
        int last = layout.pieceCount() - 1;
        var all = new byte[Math.toIntExact(layout.offsetOf(last) + layout.lengthOf(last))];
        for (var file : info.files()) {
            var content = files.get(String.join("/", file.path()));
            if (content != null) {
                System.arraycopy(content, 0, all, Math.toIntExact(file.offset()), content.length);
            }
        }
        return all;
    }

    Info info() {
        return info;
    }

    int pieces() {
        return info.layout().pieceCount();
    }

    int lengthOf(int piece) {
        return info.layout().lengthOf(piece);
    }

    byte[] piece(int piece) {
        int start = Math.toIntExact(info.layout().offsetOf(piece));
        return Arrays.copyOfRange(bytes, start, start + lengthOf(piece));
    }

    ByteBuffer part(int piece, int offset, int length) {
        return ByteBuffer.wrap(piece(piece), offset, length).slice();
    }

    /** Index of the file with this path. */
    int file(String path) {
        for (int i = 0; i < info.files().size(); i++) {
            if (String.join("/", info.files().get(i).path()).equals(path)) {
                return i;
            }
        }
        throw new IllegalArgumentException(path);
    }
}
