package net.shoal.api.dht;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;
import net.shoal.base.bencode.BString;
import net.shoal.base.bencode.BValue;

/**
 * A value that whoever has the private key can replace (BEP 44).
 *
 * @param sequence grows with each new value, from 0
 * @param signature 64 bytes, of {@link #signedBytes}
 */
public record MutableItem(MutableKey key, long sequence, BValue value, BString signature) {
    /** Bytes of the value, encoded: more need not be kept by anybody. */
    public static final int MAX_VALUE = 1_000;

    public MutableItem {
        if (sequence < 0) {
            throw new IllegalArgumentException("sequence numbers begin at 0, so none is " + sequence);
        }
    }

    /**
     * @param signer gives the Ed25519 signature of bytes
     * @throws IllegalArgumentException if the value is longer than {@value #MAX_VALUE} bytes
     */
    public static MutableItem sign(MutableKey key, long sequence, BValue value, UnaryOperator<byte[]> signer) {
        int length = value.encoded().remaining();
        if (length > MAX_VALUE) {
            throw new IllegalArgumentException("an item in the DHT has at most " + MAX_VALUE + " bytes, not " + length);
        }
        var signature = signer.apply(signedBytes(key.salt(), sequence, value));
        return new MutableItem(key, sequence, value, BString.of(signature));
    }

    /** What the signature is over. */
    public byte[] signedBytes() {
        return signedBytes(key.salt(), sequence, value);
    }

    private static byte[] signedBytes(BString salt, long sequence, BValue value) {
        var out = new ByteArrayOutputStream();
        if (salt.length() > 0) {
            out.writeBytes(("4:salt" + salt.length() + ":").getBytes(StandardCharsets.US_ASCII));
            out.writeBytes(salt.toBytes());
        }
        out.writeBytes(("3:seqi" + sequence + "e1:v").getBytes(StandardCharsets.US_ASCII));
        var encoded = value.encoded();
        var bytes = new byte[encoded.remaining()];
        encoded.get(bytes);
        out.writeBytes(bytes);
        return out.toByteArray();
    }
}
