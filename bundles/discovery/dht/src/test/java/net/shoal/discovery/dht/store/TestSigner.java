package net.shoal.discovery.dht.store;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.EdECPublicKey;
import java.util.OptionalLong;
import net.shoal.api.dht.MutableItem;
import net.shoal.api.dht.MutableKey;
import net.shoal.base.bencode.BString;
import net.shoal.base.bencode.BValue;
import net.shoal.base.model.Sha1Hash;

/** Somebody who has a key of Ed25519. */
public record TestSigner(KeyPair pair) {
    public static TestSigner random() throws GeneralSecurityException {
        return new TestSigner(KeyPairGenerator.getInstance("Ed25519").generateKeyPair());
    }

    public BString publicKey() {
        var point = ((EdECPublicKey) pair.getPublic()).getPoint();
        var bigEndian = point.getY().toByteArray();
        var key = new byte[32];
        for (int i = 0; i < Math.min(32, bigEndian.length); i++) {
            key[i] = bigEndian[bigEndian.length - 1 - i];
        }
        key[31] |= (byte) (point.isXOdd() ? 0x80 : 0);
        return BString.of(key);
    }

    public MutableItem item(long sequence, String value, String salt) {
        return MutableItem.sign(new MutableKey(publicKey(), BString.of(salt)), sequence, BString.of(value), this::sign);
    }

    public MutableItem item(long sequence, BValue value) {
        return MutableItem.sign(new MutableKey(publicKey(), BString.of("")), sequence, value, this::sign);
    }

    private byte[] sign(byte[] message) {
        try {
            var signature = Signature.getInstance("Ed25519");
            signature.initSign(pair.getPrivate());
            signature.update(message);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    ItemStore.Outcome put(ItemStore store, long sequence, String value, OptionalLong replaces) {
        var item = item(sequence, value, "");
        return store.put(
                item.key().publicKey(),
                item.key().salt(),
                sequence,
                item.value(),
                item.signature(),
                replaces,
                new Sha1Hash(0, 0, 0),
                0);
    }
}
