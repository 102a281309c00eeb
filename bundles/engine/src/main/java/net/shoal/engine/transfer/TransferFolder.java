package net.shoal.engine.transfer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import net.shoal.base.bencode.BDict;
import net.shoal.base.bencode.BencodeException;
import net.shoal.base.bencode.BencodeReader;
import net.shoal.base.bencode.BencodeWriter;
import net.shoal.base.metainfo.Metainfo;
import net.shoal.base.metainfo.MetainfoException;
import net.shoal.base.metainfo.MetainfoReader;
import net.shoal.base.metainfo.MetainfoWriter;

/** {@code state/transfers/INFOHASH/}: {@code meta.torrent} once known, and {@code resume}. Every file is replaced in one step. Blocks. */
record TransferFolder(Path path) {
    private static final String META = "meta.torrent";
    private static final String RESUME = "resume";
    /** What came from peers may be larger than what a user may give. */
    private static final MetainfoReader READER = new MetainfoReader(new MetainfoReader.Limits(
            128 << 20,
            MetainfoReader.Limits.DEFAULT.infoBytes(),
            MetainfoReader.Limits.DEFAULT.pieces(),
            MetainfoReader.Limits.DEFAULT.files()));

    void saveMetainfo(Metainfo metainfo) throws IOException {
        replace(META, MetainfoWriter.write(metainfo));
    }

    void save(BDict facts, Optional<VerifiedPieces> verified) throws IOException {
        var dict = BDict.builder();
        facts.entries().forEach((key, value) -> dict.put(key.text(), value));
        verified.ifPresent(pieces -> pieces.write(dict));
        replace(RESUME, BencodeWriter.write(dict.build()));
    }

    /** What was saved. */
    record Resume(TransferFacts facts, Optional<VerifiedPieces> verified) {}

    private void replace(String name, byte[] bytes) throws IOException {
        Files.createDirectories(path);
        var temporary = path.resolve(name + ".new");
        try (var out = FileChannel.open(
                temporary, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            var buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) {
                out.write(buffer);
            }
            out.force(true);
        }
        var target = path.resolve(name);
        try {
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(temporary, target, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** @throws IOException with a sentence, if it cannot be used */
    Resume load() throws IOException {
        var file = path.resolve(RESUME);
        try {
            var dict = BencodeReader.LENIENT.readDict(ByteBuffer.wrap(Files.readAllBytes(file)));
            return new Resume(TransferFacts.of(dict), VerifiedPieces.read(dict));
        } catch (BencodeException | IllegalArgumentException e) {
            throw new IOException(file + " cannot be used: " + e.getMessage(), e);
        }
    }

    Optional<Metainfo> loadMetainfo() throws IOException {
        var file = path.resolve(META);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(READER.metainfo(ByteBuffer.wrap(Files.readAllBytes(file))));
        } catch (MetainfoException e) {
            throw new IOException(file + " cannot be used: " + e.getMessage(), e);
        }
    }

    void delete() throws IOException {
        if (!Files.isDirectory(path)) {
            return;
        }
        for (var name : new String[] {RESUME, META, RESUME + ".new", META + ".new"}) {
            Files.deleteIfExists(path.resolve(name));
        }
        Files.deleteIfExists(path);
    }
}
