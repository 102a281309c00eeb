package net.shoal.automation.watch;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import net.shoal.api.transfer.AddRequest.Source;
import net.shoal.base.metainfo.MagnetLink;
import net.shoal.base.metainfo.MetainfoException;
import net.shoal.base.metainfo.MetainfoReader;

/** Reads what a file asks for: a torrent, or magnet links, one a line. */
final class Sources {
    private static final int MAX_MAGNET_BYTES = 64 * 1024;
    private static final int MAX_LINKS = 100;
    private static final String TORRENT = ".torrent";
    private static final String MAGNET = ".magnet";

    private final MetainfoReader reader = new MetainfoReader();

    /** Is this a name that we look behind? Hidden files are on their way to another name. */
    static boolean isOne(Path file) {
        var name = name(file);
        return !name.startsWith(".") && (name.endsWith(TORRENT) || name.endsWith(MAGNET));
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException with a sentence, if it is not what its name says */
    List<Source> read(Path file) throws IOException {
        return name(file).endsWith(TORRENT) ? List.of(torrent(file)) : magnets(file);
    }

    private Source torrent(Path file) throws IOException {
        int most = MetainfoReader.Limits.DEFAULT.metainfoBytes();
        try {
            return new Source.Torrent(reader.metainfo(ByteBuffer.wrap(bytes(file, most))));
        } catch (MetainfoException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    private static List<Source> magnets(Path file) throws IOException {
        var links = text(bytes(file, MAX_MAGNET_BYTES))
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .toList();
        if (links.isEmpty() || links.size() > MAX_LINKS) {
            throw new IllegalArgumentException("it holds " + links.size()
                    + " links; a .magnet file is text with one magnet link a line, " + MAX_LINKS + " at most");
        }
        return links.stream()
                .<Source>map(link -> new Source.Magnet(MagnetLink.parse(link)))
                .toList();
    }

    private static String text(byte[] bytes) {
        try {
            var text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("it is no text", e);
        }
    }

    private static byte[] bytes(Path file, int most) throws IOException {
        try (var in = Files.newInputStream(file)) {
            var bytes = in.readNBytes(most + 1);
            if (bytes.length > most) {
                throw new IllegalArgumentException("it is larger than such a file may be: " + most + " bytes");
            }
            return bytes;
        }
    }
}
