package net.shoal.extension.metadata;

import java.nio.ByteBuffer;
import net.shoal.base.bencode.BDict;
import net.shoal.base.bencode.BencodeException;
import net.shoal.base.bencode.BencodeReader;
import net.shoal.base.bencode.BencodeWriter;

/** What peers say to each other about an info dictionary, which is cut into pieces of {@link #PIECE} bytes (BEP 9). */
sealed interface MetadataMessage {
    int PIECE = 16 * 1024;
    /** Of an info dictionary: more than any sane torrent has. */
    int MAX_SIZE = 30 << 20;

    record Request(int piece) implements MetadataMessage {}

    /**
     * A piece.
     *
     * @param data a view, valid during the call that delivers it
     */
    record Data(int piece, int totalSize, ByteBuffer data) implements MetadataMessage {}

    record Reject(int piece) implements MetadataMessage {}

    /** Of a kind we do not know: ignored (BEP 9). */
    record Other() implements MetadataMessage {}

    static int pieces(int size) {
        return (size + PIECE - 1) / PIECE;
    }

    static int length(int size, int piece) {
        return Math.min(PIECE, size - piece * PIECE);
    }

    static MetadataMessage read(ByteBuffer in) throws BencodeException {
        if (!(BencodeReader.LENIENT.readPrefix(in) instanceof BDict dict)) {
            throw new BencodeException("a metadata message begins with a dictionary");
        }
        long piece = dict.integer("piece").orElse(-1);
        if (piece < 0 || piece >= pieces(MAX_SIZE)) {
            throw new BencodeException("there is no metadata piece " + piece);
        }
        return switch ((int) Math.max(-1, Math.min(3, dict.integer("msg_type").orElse(-1)))) {
            case 0 -> new Request((int) piece);
            case 1 -> {
                long size = dict.integer("total_size").orElse(0);
                if (size <= 0 || size > MAX_SIZE) {
                    throw new BencodeException("metadata of " + size + " bytes");
                }
                yield new Data((int) piece, (int) size, in.slice());
            }
            case 2 -> new Reject((int) piece);
            default -> new Other();
        };
    }

    static ByteBuffer request(int piece) {
        return encode(0, piece, BDict.builder());
    }

    static ByteBuffer reject(int piece) {
        return encode(2, piece, BDict.builder());
    }

    /** @param metadata all of it */
    static ByteBuffer data(int piece, ByteBuffer metadata) {
        int size = metadata.remaining();
        var head = encode(1, piece, BDict.builder().put("total_size", size));
        var data = metadata.slice(metadata.position() + piece * PIECE, length(size, piece));
        return ByteBuffer.allocate(head.remaining() + data.remaining())
                .put(head)
                .put(data)
                .flip();
    }

    private static ByteBuffer encode(int type, int piece, BDict.Builder dict) {
        return ByteBuffer.wrap(BencodeWriter.write(
                dict.put("msg_type", type).put("piece", piece).build()));
    }
}
