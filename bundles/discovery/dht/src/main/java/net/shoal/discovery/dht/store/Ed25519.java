package net.shoal.discovery.dht.store;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.NamedParameterSpec;

/** Checks signatures of RFC 8032 by keys as they are on the wire. */
final class Ed25519 {
    static final int KEY_LENGTH = 32;
    static final int SIGNATURE_LENGTH = 64;

    private Ed25519() {}

    static boolean verifies(byte[] key, byte[] message, byte[] signature) {
        if (key.length != KEY_LENGTH || signature.length != SIGNATURE_LENGTH) {
            return false;
        }
        try {
            var verifier = Signature.getInstance("Ed25519");
            var spec = new EdECPublicKeySpec(NamedParameterSpec.ED25519, point(key));
            verifier.initVerify(KeyFactory.getInstance("Ed25519").generatePublic(spec));
            verifier.update(message);
            return verifier.verify(signature);
        } catch (GeneralSecurityException | ArithmeticException e) {
            return false;
        }
    }

    /** Little-endian, the sign of x in the highest bit (RFC 8032, 5.1.2). */
    private static EdECPoint point(byte[] key) {
        var bigEndian = new byte[KEY_LENGTH];
        for (int i = 0; i < KEY_LENGTH; i++) {
            bigEndian[i] = key[KEY_LENGTH - 1 - i];
        }
        boolean isXOdd = (bigEndian[0] & 0x80) != 0;
        bigEndian[0] &= 0x7f;
        return new EdECPoint(isXOdd, new BigInteger(1, bigEndian));
    }
}
