package net.shoal.base.wire;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.IntStream;
import net.shoal.base.model.Sha256Hash;

/** One message of every kind, and their bytes. */
final class Messages {
    private static final Sha256Hash ROOT = new Sha256Hash(1, 2, 3, 4);

    private Messages() {}

    static List<Message> ofEveryKind() {
        return List.of(
                Message.KEEP_ALIVE,
                Message.CHOKE,
                Message.UNCHOKE,
                Message.INTERESTED,
                Message.NOT_INTERESTED,
                new Message.Have(77),
                new Message.BitfieldBytes(bytes(5)),
                new Message.Request(1, 16384, 16384),
                new Message.Piece(2, 32768, bytes(100)),
                new Message.Cancel(1, 16384, 16384),
                new Message.Port(65535),
                new Message.SuggestPiece(3),
                Message.HAVE_ALL,
                Message.HAVE_NONE,
                new Message.RejectRequest(9, 0, 16384),
                new Message.AllowedFast(8),
                new Message.Extended(0, bytes(80)),
                new Message.Extended(255, bytes(0)),
                new Message.HashRequest(ROOT, 0, 512, 512, 3),
                new Message.Hashes(ROOT, 1, 2, 2, 1, List.of(Sha256Hash.ZERO, ROOT, Sha256Hash.ZERO)),
                new Message.HashReject(ROOT, 0, 512, 512, 3));
    }

    static byte[] encode(List<Message> messages) {
        var out =
                ByteBuffer.allocate(messages.stream().mapToInt(WireWriter::size).sum());
        messages.forEach(message -> WireWriter.write(message, out));
        return out.array();
    }

    /** Bytes 0, 1, 2 … */
    static ByteBuffer bytes(int count) {
        var out = ByteBuffer.allocate(count);
        IntStream.range(0, count).forEach(i -> out.put((byte) i));
        return out.flip();
    }
}
