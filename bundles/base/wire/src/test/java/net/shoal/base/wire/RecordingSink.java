package net.shoal.base.wire;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keeps what it is told as text, so that two runs can be compared. Blocks of odd pieces are skipped. */
final class RecordingSink implements WireSink {
    final List<String> heard = new ArrayList<>();
    private ByteBuffer block = ByteBuffer.allocate(0);

    /** What reading {@code input} cut into parts of these sizes (the rest in one) gives, with the error at the end if there is one. */
    static List<String> hear(byte[] input, int... parts) {
        var sink = new RecordingSink();
        var reader = new WireReader();
        int from = 0;
        try {
            for (int part : parts) {
                reader.read(ByteBuffer.wrap(input, from, part).slice(), sink);
                from += part;
            }
            reader.read(ByteBuffer.wrap(input, from, input.length - from).slice(), sink);
        } catch (ProtocolException e) {
            sink.heard.add("error " + e.getMessage());
        }
        return sink.heard;
    }

    @Override
    public void onMessage(Message message) {
        if (message instanceof Message.BitfieldBytes bitfield) {
            heard.add("Bitfield " + hex(bitfield.bytes()));
        } else if (message instanceof Message.Extended extended) {
            heard.add("Extended " + extended.id() + " " + hex(extended.payload()));
        } else {
            heard.add(message.toString());
        }
    }

    @Override
    public @Nullable ByteBuffer beginBlock(int piece, int offset, int length) {
        heard.add("begin " + piece + " " + offset + " " + length);
        if ((piece & 1) != 0) {
            return null;
        }
        block = ByteBuffer.allocate(length + 7).position(3);
        return block;
    }

    @Override
    public void endBlock(int piece, int offset, int length) {
        heard.add("end " + piece + " " + offset + " " + hex(block.slice(3, length)));
    }

    private static String hex(ByteBuffer bytes) {
        var copy = new byte[bytes.remaining()];
        bytes.get(copy);
        return HexFormat.of().formatHex(copy);
    }
}
