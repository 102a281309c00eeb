package net.shoal.secure.mse;

import java.math.BigInteger;
import java.util.Optional;
import java.util.Random;

/** Our half of a Diffie-Hellman exchange: a safe prime of 768 bits, which is part of the protocol, and a private
 * exponent of 160, as all clients take. */
final class KeyPair {
    /** Bytes of a public key and of the secret. */
    static final int LENGTH = 96;

    private static final int PRIVATE_BITS = 160;
    static final BigInteger PRIME = new BigInteger(
            "FFFFFFFFFFFFFFFFC90FDAA22168C234C4C6628B80DC1CD129024E088A67CC74"
                    + "020BBEA63B139B22514A08798E3404DDEF9519B3CD3A431B302B0A6DF25F1437"
                    + "4FE1356D6D51C245E485B576625E7EC6F44C42E9A63A36210000000000090563",
            16);
    private static final BigInteger LARGEST = PRIME.subtract(BigInteger.TWO);

    private final BigInteger exponent;
    private final byte[] ours;

    private KeyPair(BigInteger exponent) {
        this.exponent = exponent;
        this.ours = fixed(BigInteger.TWO.modPow(exponent, PRIME));
    }

    /** Takes a tenth of a millisecond. */
    static KeyPair make(Random random) {
        return new KeyPair(new BigInteger(PRIVATE_BITS, random));
    }

    byte[] publicKey() {
        return ours.clone();
    }

    /** What both sides know then; takes a tenth of a millisecond. Empty for a key that would make it known to everyone. */
    Optional<byte[]> secret(byte[] theirs) {
        var key = new BigInteger(1, theirs);
        return key.compareTo(BigInteger.TWO) < 0 || key.compareTo(LARGEST) > 0
                ? Optional.empty()
                : Optional.of(fixed(key.modPow(exponent, PRIME)));
    }

    private static byte[] fixed(BigInteger number) {
        var bytes = number.toByteArray();
        var out = new byte[LENGTH];
        int length = Math.min(bytes.length, LENGTH);
        System.arraycopy(bytes, bytes.length - length, out, LENGTH - length, length);
        return out;
    }
}
