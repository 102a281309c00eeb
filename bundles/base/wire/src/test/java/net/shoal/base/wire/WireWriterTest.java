package net.shoal.base.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class WireWriterTest {
    @Test
    void writesTheBytesOfBep3() {
        assertThat(hex(Message.KEEP_ALIVE)).isEqualTo("00000000");
        assertThat(hex(Message.INTERESTED)).isEqualTo("0000000102");
        assertThat(hex(new Message.Have(258))).isEqualTo("000000050400000102");
        assertThat(hex(new Message.Request(1, 2, 3))).isEqualTo("0000000d06000000010000000200000003");
        assertThat(hex(new Message.Piece(1, 2, Messages.bytes(2)))).isEqualTo("0000000b0700000001000000020001");
        assertThat(hex(new Message.Port(6881))).isEqualTo("00000003091ae1");
    }

    @Test
    void knowsTheSizeOfEveryMessage() {
        for (var message : Messages.ofEveryKind()) {
            var out = ByteBuffer.allocate(1000);
            WireWriter.write(message, out);
            assertThat(out.position()).as("%s", message).isEqualTo(WireWriter.size(message));
            assertThat(out.getInt(0)).isEqualTo(WireWriter.size(message) - 4);
        }
    }

    @Test
    void leavesTheBuffersOfMessagesAsTheyAre() {
        var payload = Messages.bytes(10);
        Messages.encode(List.of(
                new Message.Piece(0, 0, payload),
                new Message.Extended(0, payload),
                new Message.BitfieldBytes(payload)));
        assertThat(payload.remaining()).isEqualTo(10);
    }

    @Test
    void theHeaderOfABlockIsWhatComesBeforeItsPayload() {
        var header = ByteBuffer.allocate(WireWriter.PIECE_HEADER);
        WireWriter.writePieceHeader(5, 16384, 10, header);
        assertThat(hex(new Message.Piece(5, 16384, Messages.bytes(10))))
                .startsWith(HexFormat.of().formatHex(header.array()))
                .hasSize(2 * (WireWriter.PIECE_HEADER + 10));
    }

    @Test
    void doesNotSendWhatItDoesNotKnow() {
        assertThatThrownBy(() -> WireWriter.write(new Message.Unknown(99, 0), ByteBuffer.allocate(100)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static String hex(Message message) {
        return HexFormat.of().formatHex(Messages.encode(List.of(message)));
    }
}
