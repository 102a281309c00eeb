package net.shoal.engine.transfer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import net.shoal.api.node.StateFile;
import net.shoal.base.bencode.BDict;
import net.shoal.base.bencode.BencodeException;
import net.shoal.base.bencode.BencodeReader;
import net.shoal.base.bencode.BencodeWriter;
import net.shoal.base.metainfo.Metainfo;
import net.shoal.base.metainfo.MetainfoException;
import net.shoal.base.metainfo.MetainfoReader;
import net.shoal.base.metainfo.MetainfoWriter;

/**
 * {@code state/transfers/INFOHASH/}: {@code meta.torrent} once known; {@code resume}, which outlives power cuts; and while content is being
 * written {@code progress}, which holds until the system is started anew. Every file is replaced in one step. Blocks.
 */
record TransferFolder(Path path) {
    private static final String META = "meta.torrent";
    private static final String RESUME = "resume";
    private static final String PROGRESS = "progress";
    /** What came from peers may be larger than what a user may give. */
    private static final MetainfoReader READER = new MetainfoReader(new MetainfoReader.Limits(
            128 << 20,
            MetainfoReader.Limits.DEFAULT.infoBytes(),
            MetainfoReader.Limits.DEFAULT.pieces(),
            MetainfoReader.Limits.DEFAULT.files()));

    void saveMetainfo(Metainfo metainfo) throws IOException {
        StateFile.replace(path.resolve(META), MetainfoWriter.write(metainfo));
    }

    void save(BDict facts, Optional<VerifiedPieces> synced) throws IOException {
        var dict = BDict.builder();
        facts.entries().forEach((key, value) -> dict.put(key.text(), value));
        synced.ifPresent(pieces -> pieces.write(dict));
        StateFile.replace(path.resolve(RESUME), BencodeWriter.write(dict.build()));
    }

    void saveProgress(VerifiedPieces recent) throws IOException {
        var dict = BDict.builder();
        Boot.id(path.getFileSystem()).ifPresent(boot -> dict.put("boot", boot));
        recent.write(dict);
        StateFile.replaceForThisBoot(path.resolve(PROGRESS), BencodeWriter.write(dict.build()));
    }

    /** What was saved for good says all of it. */
    void endProgress() throws IOException {
        Files.deleteIfExists(path.resolve(PROGRESS));
    }

    /** False where adding it was broken off before it was known for good. */
    boolean isKnown() {
        return Files.exists(path.resolve(RESUME));
    }

    /** What was saved. */
    record Resume(TransferFacts facts, SavedPieces pieces) {}

    /** @throws IOException with a sentence, if it cannot be used */
    Resume load() throws IOException {
        var file = path.resolve(RESUME);
        try {
            var dict = BencodeReader.LENIENT.readDict(ByteBuffer.wrap(Files.readAllBytes(file)));
            return new Resume(TransferFacts.of(dict, path.getFileSystem()), pieces(VerifiedPieces.read(dict)));
        } catch (BencodeException | IllegalArgumentException e) {
            throw new IOException(file + " cannot be used: " + e.getMessage(), e);
        }
    }

    /** After a power cut there may be anything in {@code progress}. */
    private SavedPieces pieces(Optional<VerifiedPieces> synced) {
        try {
            var dict = BencodeReader.LENIENT.readDict(ByteBuffer.wrap(Files.readAllBytes(path.resolve(PROGRESS))));
            var boot = Boot.id(path.getFileSystem());
            boolean holds = boot.isPresent() && boot.equals(dict.text("boot"));
            return new SavedPieces(synced, VerifiedPieces.read(dict), holds);
        } catch (IOException | BencodeException | IllegalArgumentException e) {
            return new SavedPieces(synced, Optional.empty(), false);
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
        for (var name : new String[] {RESUME, META, PROGRESS}) {
            Files.deleteIfExists(path.resolve(name));
            Files.deleteIfExists(path.resolve(name + ".new"));
        }
        Files.deleteIfExists(path);
    }
}
