package net.shoal.engine.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.Arrays;
import net.shoal.base.model.PieceLayout;
import net.shoal.base.model.Sha1Hash;
import org.junit.jupiter.api.Test;

class AllowedFastTest {
    private static final Sha1Hash HASH = hash();

    private static Sha1Hash hash() {
        var bytes = new byte[20];
        Arrays.fill(bytes, (byte) 0xaa);
        return Sha1Hash.read(java.nio.ByteBuffer.wrap(bytes));
    }

    private static InetAddress at(String host) throws Exception {
        return InetAddress.getByName(host);
    }

    /** The example of BEP 6. */
    @Test
    void isWhatTheStandardSays() throws Exception {
        assertThat(AllowedFast.of(at("80.4.4.200"), HASH, 1313, 7))
                .containsExactly(1059, 431, 808, 1217, 287, 376, 1188);
        assertThat(AllowedFast.of(at("80.4.4.200"), HASH, 1313, 9)).contains(353, 508);
    }

    @Test
    void isTheSameForAllOfANetwork() throws Exception {
        assertThat(AllowedFast.of(at("80.4.4.7"), HASH, 1313, 7))
                .isEqualTo(AllowedFast.of(at("80.4.4.200"), HASH, 1313, 7));
        assertThat(AllowedFast.of(at("2001:db8::1"), HASH, 1313, 7))
                .isEqualTo(AllowedFast.of(at("2001:db8::2:1"), HASH, 1313, 7))
                .isNotEqualTo(AllowedFast.of(at("2001:db8:0:1::1"), HASH, 1313, 7));
    }

    @Test
    void givesLittleOfWhatIsSmallOrInLargePieces() throws Exception {
        assertThat(AllowedFast.of(at("10.0.0.1"), HASH, PieceLayout.contiguous(10 << 20, 1 << 20)))
                .isEmpty();
        assertThat(AllowedFast.of(at("10.0.0.1"), HASH, PieceLayout.contiguous(1L << 30, 1 << 20)))
                .hasSize(4);
        assertThat(AllowedFast.of(at("10.0.0.1"), HASH, PieceLayout.contiguous(1L << 32, 16 << 20)))
                .isEmpty();
    }
}
