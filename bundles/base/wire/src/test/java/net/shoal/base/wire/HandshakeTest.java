package net.shoal.base.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import net.shoal.base.model.PeerId;
import net.shoal.base.model.Sha1Hash;
import org.junit.jupiter.api.Test;

class HandshakeTest {
    private static final Handshake SAMPLE = new Handshake(
            Handshake.EXTENSION_PROTOCOL | Handshake.FAST, new Sha1Hash(1, 2, 3), new PeerId(new Sha1Hash(4, 5, 6)));

    @Test
    void isReadAsItWasWritten() throws ProtocolException {
        var bytes = ByteBuffer.allocate(100);
        SAMPLE.write(bytes);
        assertThat(bytes.position()).isEqualTo(Handshake.LENGTH);
        bytes.flip();
        assertThat(Handshake.read(bytes)).isEqualTo(SAMPLE);
        assertThat(bytes.hasRemaining()).isFalse();
    }

    @Test
    void setsTheBitsThatOthersLookFor() {
        var bytes = ByteBuffer.allocate(Handshake.LENGTH);
        SAMPLE.write(bytes);
        // BEP 10: reserved_byte[5] & 0x10; BEP 6: reserved_byte[7] & 0x04
        assertThat(bytes.get(20 + 5)).isEqualTo((byte) 0x10);
        assertThat(bytes.get(20 + 7)).isEqualTo((byte) 0x04);
        assertThat(SAMPLE.supports(Handshake.FAST)).isTrue();
        assertThat(SAMPLE.supports(Handshake.DHT)).isFalse();
    }

    @Test
    void refusesAnotherProtocol() {
        var bytes = ByteBuffer.allocate(Handshake.LENGTH);
        bytes.put(0, "\u0013BitTorrent protocoL".getBytes(StandardCharsets.US_ASCII));
        assertThatThrownBy(() -> Handshake.read(bytes))
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining("BitTorrent protocol header");
    }
}
