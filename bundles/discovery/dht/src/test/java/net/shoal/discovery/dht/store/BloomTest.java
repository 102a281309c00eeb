package net.shoal.discovery.dht.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class BloomTest {
    private static final String VECTOR =
            """
            F6C3F5EA A07FFD91 BDE89F77 7F26FB2B FF37BDB8 FB2BBAA2 FD3DDDE7 BACFFF75 EE7CCBAE
            FE5EEDB1 FBFAFF67 F6ABFF5E 43DDBCA3 FD9B9FFD F4FFD3E9 DFF12D1B DF59DB53 DBE9FA5B
            7FF3B8FD FCDE1AFB 8BEDD7BE 2F3EE71E BBBFE93B CDEEFE14 8246C2BC 5DBFF7E7 EFDCF24F
            D8DC7ADF FD8FFFDF DDFFF7A4 BBEEDF5C B95CE81F C7FCFF1F F4FFFFDF E5F7FDCB B7FD79B3
            FA1FC77B FE07FFF9 05B7B7FF C7FEFEFF E0B8370B B0CD3F5B 7F2BD93F EB4386CF DD6F7FD5
            BFAF2E9E BFFFFEEC D67ADBF7 C67F17EF D5D75EBA 6FFEBA7F FF47A91E B1BFBB53 E8ABFB57
            62ABE8FF 237279BF EFBFEEF5 FFC5FEBF DFE5ADFF ADFEE1FB 737FFFFB FD9F6AEF FEEE76B6
            FD8F72EF
            """;

    @Test
    void theVectorOfBep33ComesOut() {
        var bloom = new Bloom();
        for (int i = 0; i <= 255; i++) {
            bloom.add(new byte[] {(byte) 192, 0, 2, (byte) i});
        }
        for (int i = 0; i <= 0x3e7; i++) {
            var address = new byte[16];
            address[0] = 0x20;
            address[1] = 0x01;
            address[2] = 0x0d;
            address[3] = (byte) 0xb8;
            address[14] = (byte) (i >> 8);
            address[15] = (byte) i;
            bloom.add(address);
        }

        assertThat(HexFormat.of().withUpperCase().formatHex(bloom.toBytes())).isEqualTo(VECTOR.replaceAll("\\s", ""));
        assertThat(bloom.estimate()).isCloseTo(1224.9308, within(0.0001));
    }
}
