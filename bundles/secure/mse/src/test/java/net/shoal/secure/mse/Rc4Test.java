package net.shoal.secure.mse;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Rc4Test {
    /** RFC 6229: key, offset, 16 bytes of the key stream there. */
    @ParameterizedTest
    @CsvSource({
        "0102030405, 0, b2396305f03dc027ccc3524a0a1118a8",
        "0102030405, 16, 6982944f18fc82d589c403a47a0d0919",
        "0102030405, 1024, 30abbcc7c20b01609f23ee2d5f6bb7df",
        "0102030405060708090a0b0c0d0e0f10, 0, 9ac7cc9a609d1ef7b2932899cde41b97",
        "0102030405060708090a0b0c0d0e0f10, 1024, bdf0324e6083dcc6d3cedd3ca8c53c16",
        "0102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f20, 0, eaa6bd25880bf93d3f5d1e4ca2611d91",
    })
    void givesTheKeyStreamOfTheStandard(String key, int offset, String expected) {
        var bytes = new byte[offset + 16];
        Rc4.whole(hex(key)).apply(bytes, 0, bytes.length);
        assertThat(HexFormat.of().formatHex(bytes, offset, offset + 16)).isEqualTo(expected);
    }

    @Test
    void leavesOutTheFirstKibibyte() {
        var bytes = new byte[16];
        Rc4.of(hex("0102030405")).apply(bytes, 0, 16);
        assertThat(HexFormat.of().formatHex(bytes)).isEqualTo("30abbcc7c20b01609f23ee2d5f6bb7df");
    }

    @Test
    void isTheSameForEveryKindOfBufferAndHoweverCut() {
        var random = new Random(6229);
        for (int round = 0; round < 200; round++) {
            var plain = new byte[random.nextInt(20_000)];
            random.nextBytes(plain);
            var expected = plain.clone();
            Rc4.of(hex("0102030405")).apply(expected, 0, expected.length);
            var stream = Rc4.of(hex("0102030405"));
            var out = Unpooled.buffer();
            for (int at = 0; at < plain.length; ) {
                int part = Math.min(plain.length - at, 1 + random.nextInt(9_000));
                var from = random.nextBoolean()
                        ? ByteBufAllocator.DEFAULT.directBuffer().writeZero(3).writeBytes(plain, at, part)
                        : Unpooled.buffer().writeZero(3).writeBytes(plain, at, part);
                from.skipBytes(3);
                if (random.nextBoolean()) {
                    stream.apply(from, part);
                    assertThat(from.readableBytes()).isEqualTo(part);
                    out.writeBytes(from);
                } else {
                    stream.copy(from.asReadOnly(), out);
                    assertThat(from.readableBytes()).isEqualTo(part);
                }
                from.release();
                at += part;
            }
            var actual = new byte[out.readableBytes()];
            out.readBytes(actual);
            assertThat(actual).isEqualTo(expected);
        }
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text);
    }
}
