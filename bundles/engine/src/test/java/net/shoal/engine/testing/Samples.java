package net.shoal.engine.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.TreeMap;
import net.shoal.base.bencode.BDict;
import net.shoal.base.bencode.BString;
import net.shoal.base.bencode.BencodeException;
import net.shoal.base.bencode.BencodeReader;
import net.shoal.base.metainfo.CreateOptions;
import net.shoal.base.metainfo.FileWalk;
import net.shoal.base.metainfo.Metainfo;
import net.shoal.base.metainfo.MetainfoCreator;
import net.shoal.base.metainfo.MetainfoException;
import net.shoal.base.metainfo.MetainfoReader;

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

    /** A hybrid that nobody can have: the v1 hash of this piece is another than that of its content. */
    public static Metainfo withWrongV1Hash(Metainfo metainfo, int piece) {
        try {
            var info = BencodeReader.CANONICAL.readDict(metainfo.info().raw().duplicate());
            var hashes = info.string("pieces").orElseThrow().toBytes();
            hashes[piece * 20]++;
            var entries = new TreeMap<>(info.entries());
            entries.put(BString.of("pieces"), BString.of(hashes));
            var wrong = new MetainfoReader().info(new BDict(entries).encoded());
            return new Metainfo(
                    wrong,
                    List.of(),
                    List.of(),
                    metainfo.pieceLayers(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());
        } catch (BencodeException | MetainfoException e) {
            throw new IllegalStateException(e);
        }
    }
}
