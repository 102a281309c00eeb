package net.shoal.engine.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import net.shoal.base.metainfo.CreateOptions;
import net.shoal.base.metainfo.FileWalk;
import net.shoal.base.metainfo.Metainfo;
import net.shoal.base.metainfo.MetainfoCreator;

/** Content to transfer, and its metainfo. */
public final class Samples {
    private Samples() {}

    public static byte[] random(int length, long seed) {
        var bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    /** Of a file or folder on disk. */
    public static Metainfo metainfo(Path path, CreateOptions.Format format, int pieceLength) {
        return metainfo(path, format, pieceLength, false);
    }

    public static Metainfo metainfo(Path path, CreateOptions.Format format, int pieceLength, boolean isPrivate) {
        var options = new CreateOptions(
                format,
                OptionalInt.of(pieceLength),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                isPrivate,
                List.of(),
                List.of());
        try {
            return new MetainfoCreator(Runnable::run, 1).create(FileWalk.list(path), options, (hashed, total) -> {});
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
