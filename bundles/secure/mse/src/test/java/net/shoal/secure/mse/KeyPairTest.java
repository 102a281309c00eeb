package net.shoal.secure.mse;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;

class KeyPairTest {
    private static final BigInteger PRIME = KeyPair.PRIME;
    private static final BigInteger MOST = BigInteger.ONE.shiftLeft(768).subtract(BigInteger.ONE);

    @Test
    void theGroupIsThatOfASafePrime() {
        assertThat(PRIME.bitLength()).isEqualTo(768);
        assertThat(PRIME.isProbablePrime(50)).isTrue();
        assertThat(PRIME.shiftRight(1).isProbablePrime(50)).isTrue();
    }

    @Test
    void bothSidesComeToTheSameSecret() {
        var random = new Random(768);
        for (int i = 0; i < 50; i++) {
            var a = KeyPair.make(random);
            var b = KeyPair.make(random);
            assertThat(a.publicKey()).hasSize(KeyPair.LENGTH);
            assertThat(a.secret(b.publicKey())).hasValueSatisfying(secret -> assertThat(secret)
                    .hasSize(KeyPair.LENGTH)
                    .isEqualTo(b.secret(a.publicKey()).orElseThrow()));
        }
    }

    @Test
    void takesNoKeyThatMakesTheSecretKnown() {
        var pair = KeyPair.make(new Random(1));
        for (var bad : new BigInteger[] {
            BigInteger.ZERO, BigInteger.ONE, PRIME.subtract(BigInteger.ONE), PRIME, PRIME.add(BigInteger.ONE), MOST
        }) {
            assertThat(pair.secret(bytes(bad))).isEmpty();
        }
        assertThat(pair.secret(bytes(BigInteger.TWO))).hasValue(pair.publicKey());
        assertThat(pair.secret(bytes(PRIME.subtract(BigInteger.TWO)))).isPresent();
    }

    private static byte[] bytes(BigInteger number) {
        var out = new byte[KeyPair.LENGTH];
        var bytes = number.toByteArray();
        int length = Math.min(bytes.length, out.length);
        System.arraycopy(bytes, bytes.length - length, out, out.length - length, length);
        return out;
    }
}
