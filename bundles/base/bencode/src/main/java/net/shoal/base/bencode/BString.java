package net.shoal.base.bencode;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** {@code 4:spam}: bytes, often but not always UTF-8 text. Immutable; a view of the bytes it was read from. */
public final class BString implements BValue, Comparable<BString> {
    private final ByteBuffer bytes;

    private BString(ByteBuffer bytes) {
        this.bytes = bytes;
    }

    /** A view: the caller no longer changes the bytes. */
    public static BString view(ByteBuffer bytes) {
        return new BString(bytes.slice().asReadOnlyBuffer());
    }

    public static BString of(byte[] bytes) {
        return view(ByteBuffer.wrap(bytes.clone()));
    }

    public static BString of(String text) {
        return new BString(
                ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)).asReadOnlyBuffer());
    }

    public int length() {
        return bytes.remaining();
    }

    /** True if that is what stands there. */
    boolean is(byte[] in, int from, int to) {
        if (to - from != length()) {
            return false;
        }
        for (int i = from; i < to; i++) {
            if (in[i] != bytes.get(i - from)) {
                return false;
            }
        }
        return true;
    }

    /** Read-only, from 0 to {@link #length()}. */
    public ByteBuffer buffer() {
        return bytes.duplicate();
    }

    public byte[] toBytes() {
        var out = new byte[length()];
        bytes.duplicate().get(out);
        return out;
    }

    /** As UTF-8; malformed bytes become U+FFFD. */
    public String text() {
        return StandardCharsets.UTF_8.decode(bytes.duplicate()).toString();
    }

    /** As UTF-8; empty where the bytes are none. */
    public Optional<String> utf8() {
        var all = toBytes();
        if (isAscii(all)) {
            return Optional.of(new String(all, StandardCharsets.ISO_8859_1));
        }
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(bytes.duplicate())
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    private static boolean isAscii(byte[] bytes) {
        for (byte b : bytes) {
            if (b < 0) {
                return false;
            }
        }
        return true;
    }

    /** By unsigned bytes, the order of dictionary keys. */
    @Override
    public int compareTo(BString other) {
        int mismatch = bytes.mismatch(other.bytes);
        if (mismatch < 0) {
            return 0;
        }
        if (mismatch >= length() || mismatch >= other.length()) {
            return Integer.compare(length(), other.length());
        }
        return Byte.compareUnsigned(bytes.get(mismatch), other.bytes.get(mismatch));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof BString that && bytes.equals(that.bytes);
    }

    @Override
    public int hashCode() {
        return bytes.hashCode();
    }

    @Override
    public String toString() {
        return text();
    }
}
