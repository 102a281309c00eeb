package net.shoal.discovery.dht.krpc;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import net.shoal.base.bencode.BValue;
import net.shoal.base.model.Sha1Hash;

/** Writes bencode straight into bytes. Who writes a dictionary gives its keys in their order, so that others can sign and compare it. */
public final class Bencoder {
    private static final int FIRST_SIZE = 384;

    private byte[] bytes;
    private int length;

    public Bencoder() {
        this(FIRST_SIZE);
    }

    /** @param size of what is going to be written; more finds room as well */
    Bencoder(int size) {
        bytes = new byte[size];
    }

    public Bencoder dict() {
        return one('d');
    }

    public Bencoder list() {
        return one('l');
    }

    public Bencoder end() {
        return one('e');
    }

    /** A key, or any other string of ASCII characters. */
    public Bencoder text(String ascii) {
        count(ascii.length());
        room(ascii.length());
        for (int i = 0; i < ascii.length(); i++) {
            bytes[length++] = (byte) ascii.charAt(i);
        }
        return this;
    }

    public Bencoder bytes(byte[] value) {
        count(value.length);
        return raw(value, 0, value.length);
    }

    public Bencoder id(Sha1Hash id) {
        count(Sha1Hash.LENGTH);
        room(Sha1Hash.LENGTH);
        id.write(ByteBuffer.wrap(bytes, length, Sha1Hash.LENGTH));
        length += Sha1Hash.LENGTH;
        return this;
    }

    public Bencoder integer(long value) {
        one('i');
        var digits = Long.toString(value).getBytes(StandardCharsets.US_ASCII);
        raw(digits, 0, digits.length);
        return one('e');
    }

    /** What is bencode already. */
    public Bencoder value(BValue value) {
        var encoded = value.encoded();
        room(encoded.remaining());
        int count = encoded.remaining();
        encoded.get(bytes, length, count);
        length += count;
        return this;
    }

    /** A string of zeros. */
    public Bencoder zeros(int count) {
        count(count);
        room(count);
        Arrays.fill(bytes, length, length + count, (byte) 0);
        length += count;
        return this;
    }

    public int length() {
        return length;
    }

    public byte[] toBytes() {
        return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
    }

    /** Takes over what another has written. */
    public Bencoder raw(Bencoder other) {
        return raw(other.bytes, 0, other.length);
    }

    private Bencoder raw(byte[] from, int at, int count) {
        room(count);
        System.arraycopy(from, at, bytes, length, count);
        length += count;
        return this;
    }

    private void count(int of) {
        room(8);
        int scale = of >= 1000 ? 1000 : of >= 100 ? 100 : of >= 10 ? 10 : 1;
        if (of >= 10_000) {
            throw new IllegalArgumentException("a datagram has no room for " + of + " bytes");
        }
        for (; scale > 0; scale /= 10) {
            bytes[length++] = (byte) ('0' + of / scale % 10);
        }
        bytes[length++] = ':';
    }

    private Bencoder one(char sign) {
        room(1);
        bytes[length++] = (byte) sign;
        return this;
    }

    private void room(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
        }
    }
}
