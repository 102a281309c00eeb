package net.shoal.base.metainfo;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.util.ArrayList;
import java.util.List;
import net.shoal.base.bencode.BString;
import net.shoal.base.metainfo.CreateOptions.Format;
import net.shoal.base.model.Block;

/**
 * What is decided before hashing: order, format, piece length, and where each file begins in piece space.
 *
 * @param name of the torrent
 * @param files in the order both versions have them: that of the names' bytes, folder by folder
 * @param offsets of the files in piece space; for v2 and hybrid multiples of the piece length
 * @param length of piece space; for a hybrid folder with the padding behind its last file
 */
record CreatePlan(
        String name,
        boolean isSingleFile,
        Format format,
        int pieceLength,
        List<SourceFile> files,
        List<Long> offsets,
        long length,
        long contentLength) {
    private static final int MIN_PIECE_LENGTH = Block.SIZE;
    private static final int MAX_CHOSEN_PIECE_LENGTH = 16 << 20;
    private static final int MAX_PIECE_LENGTH = 512 << 20;
    /** Between 1,000 and 2,000 pieces serve well: few enough for a small metainfo, enough for many peers to share the work. */
    private static final int AIMED_PIECES = 2_000;
    /** Folders of a v2 torrent are nested dictionaries, and readers bound their depth: ours and others' at 32. */
    private static final int MAX_V2_ELEMENTS = 27;

    static CreatePlan of(SourceTree source, CreateOptions options) {
        var name = options.title().orElse(source.name());
        checkName(name);
        long content = source.length();
        if (content == 0) {
            throw new IllegalArgumentException(Names.quote(source.name())
                    + " holds no data: there has to be at least one file that is not empty.");
        }
        var files = sorted(source, name);
        int pieceLength = options.pieceLength().isPresent()
                ? checked(options.pieceLength().getAsInt())
                : pieceLengthFor(content);
        var format = format(options.format(), files, name, source.isSingleFile(), pieceLength, content);
        return layOut(name, source.isSingleFile(), format, pieceLength, files, content);
    }

    private static CreatePlan layOut(
            String name, boolean single, Format format, int pieceLength, List<SourceFile> files, long content) {
        var offsets = new ArrayList<Long>(files.size());
        long end = 0;
        for (var file : files) {
            long offset = format == Format.V1 ? end : roundUp(end, pieceLength);
            offsets.add(offset);
            end = offset + file.length();
        }
        // libtorrent pads the last file as well; with that, both give the same files the same infohash
        long length = format == Format.HYBRID && !single ? roundUp(end, pieceLength) : end;
        return new CreatePlan(name, single, format, pieceLength, files, List.copyOf(offsets), length, content);
    }

    private static void checkName(String name) {
        if (name.isEmpty()
                || name.equals(".")
                || name.equals("..")
                || name.indexOf('/') >= 0
                || name.indexOf('\0') >= 0) {
            throw new IllegalArgumentException(Names.quote(name)
                    + " cannot be the title of a torrent: it has to be a name that a file can have, without slashes.");
        }
    }

    private static int checked(int pieceLength) {
        if (pieceLength < MIN_PIECE_LENGTH || pieceLength > MAX_PIECE_LENGTH || Integer.bitCount(pieceLength) != 1) {
            throw new IllegalArgumentException("A piece size of " + pieceLength
                    + " bytes cannot be: it has to be a power of two from 16 KiB to 512 MiB.");
        }
        return pieceLength;
    }

    /** A power of two from 16 KiB to 16 MiB, and beyond only where there would be more pieces than others accept. */
    static int pieceLengthFor(long content) {
        long length = MIN_PIECE_LENGTH;
        while (length < MAX_CHOSEN_PIECE_LENGTH && content / length > AIMED_PIECES) {
            length *= 2;
        }
        while (length < MAX_PIECE_LENGTH && content / length >= MetainfoReader.Limits.DEFAULT.pieces()) {
            length *= 2;
        }
        return (int) length;
    }

    private static Format format(
            Format wanted, List<SourceFile> files, String name, boolean single, int pieceLength, long content) {
        boolean ambiguous = !single && files.size() == 1 && files.get(0).path().equals(List.of(name));
        boolean deep = files.stream().anyMatch(file -> file.path().size() > MAX_V2_ELEMENTS);
        if (wanted == Format.AUTO) {
            boolean padded = !single && padding(files, pieceLength) > content / 20;
            return padded || ambiguous || deep ? Format.V1 : Format.HYBRID;
        }
        if (wanted != Format.V1 && ambiguous) {
            throw new IllegalArgumentException(
                    "A folder whose only file has the folder's name cannot be told from a file in a "
                            + "v2 or hybrid torrent: choose the format v1, or another title.");
        }
        if (wanted != Format.V1 && deep) {
            throw new IllegalArgumentException("Folders nested deeper than " + MAX_V2_ELEMENTS
                    + " cannot be in a v2 or hybrid torrent: choose the format v1.");
        }
        return wanted;
    }

    /** What a hybrid would add: each file is filled up to whole pieces, unless it is alone. */
    private static long padding(List<SourceFile> files, int pieceLength) {
        return files.stream()
                .mapToLong(file -> roundUp(file.length(), pieceLength) - file.length())
                .sum();
    }

    private static long roundUp(long length, int pieceLength) {
        return (length + pieceLength - 1) / pieceLength * pieceLength;
    }

    private static List<SourceFile> sorted(SourceTree source, String name) {
        if (source.isSingleFile()) {
            return List.of(new Renamed(source.files().get(0), List.of(name)));
        }
        record Keyed(List<BString> key, SourceFile file) {}
        return source.files().stream()
                .map(file -> new Keyed(file.path().stream().map(BString::of).toList(), file))
                .sorted((one, other) -> compare(one.key(), other.key()))
                .map(Keyed::file)
                .toList();
    }

    /** As the keys of nested dictionaries come. */
    private static int compare(List<BString> one, List<BString> other) {
        for (int i = 0; i < Math.min(one.size(), other.size()); i++) {
            int order = one.get(i).compareTo(other.get(i));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(one.size(), other.size());
    }

    boolean hasV1() {
        return format != Format.V2;
    }

    boolean hasV2() {
        return format != Format.V1;
    }

    int pieces() {
        return Math.toIntExact((length + pieceLength - 1) / pieceLength);
    }

    /** A single file under the title its torrent gets. */
    private record Renamed(SourceFile file, List<String> path) implements SourceFile {
        @Override
        public long length() {
            return file.length();
        }

        @Override
        public boolean isExecutable() {
            return file.isExecutable();
        }

        @Override
        public SeekableByteChannel open() throws IOException {
            return file.open();
        }

        @Override
        public void checkUnchanged() throws IOException {
            file.checkUnchanged();
        }

        @Override
        public String toString() {
            return file.toString();
        }
    }
}
