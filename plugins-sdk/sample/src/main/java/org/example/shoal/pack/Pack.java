package org.example.shoal.pack;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import net.shoal.base.metainfo.Info;
import net.shoal.base.metainfo.MetainfoException;
import net.shoal.base.metainfo.MetainfoReader;

/**
 * The file: eight bytes that say what it is, four that say how long the info dictionary is, the info dictionary, zeros up to the next
 * 4,096 bytes, then the content, each byte where it lies in piece space. So a pack tells what is in it without the torrent, and one of
 * another torrent is never written to.
 */
final class Pack {
    private static final byte[] MAGIC = "shpack1\n".getBytes(StandardCharsets.US_ASCII);
    private static final int HEADER = MAGIC.length + Integer.BYTES;
    private static final int ALIGNMENT = 4096;

    private Pack() {}

    /** Where in the file the content begins. */
    static long contentStart(Info info) {
        long end = HEADER + info.raw().remaining();
        return (end + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }

    /** In one step: there is never a pack without its whole beginning. */
    static void create(Info info, Path path) throws IOException {
        Files.createDirectories(path.getParent());
        var fresh = path.resolveSibling(path.getFileName() + ".new");
        try (var channel = FileChannel.open(
                fresh, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            writeFully(channel, beginning(info), 0);
            channel.force(true);
        }
        Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE);
    }

    private static ByteBuffer beginning(Info info) {
        var raw = info.raw();
        return ByteBuffer.allocate(HEADER + raw.remaining())
                .put(MAGIC)
                .putInt(raw.remaining())
                .put(raw)
                .flip();
    }

    static boolean isOf(Info info, Path path) throws IOException {
        var expected = beginning(info);
        try (var channel = FileChannel.open(path, StandardOpenOption.READ)) {
            return channel.size() >= expected.remaining()
                    && readFully(channel, expected.remaining(), 0).equals(expected);
        } catch (IOException e) {
            throw Troubles.of(path, e);
        }
    }

    /** What is in a pack. @throws IOException with a sentence, if it is none */
    static Info infoOf(Path path) throws IOException {
        try (var channel = FileChannel.open(path, StandardOpenOption.READ)) {
            var header = readFully(channel, HEADER, 0);
            var magic = new byte[MAGIC.length];
            header.get(magic);
            int length = header.getInt();
            boolean isPack = java.util.Arrays.equals(magic, MAGIC)
                    && length > 0
                    && length <= MetainfoReader.Limits.DEFAULT.infoBytes();
            if (!isPack) {
                throw new IOException(path + " is no pack");
            }
            return new MetainfoReader().info(readFully(channel, length, HEADER));
        } catch (EOFException | MetainfoException e) {
            throw new IOException(path + " is no pack, or is damaged", e);
        }
    }

    private static ByteBuffer readFully(FileChannel channel, int length, long position) throws IOException {
        var buffer = ByteBuffer.allocate(length);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, position + buffer.position()) < 0) {
                throw new EOFException();
            }
        }
        return buffer.flip();
    }

    static void writeFully(FileChannel channel, ByteBuffer from, long position) throws IOException {
        long at = position;
        while (from.hasRemaining()) {
            at += channel.write(from, at);
        }
    }
}
