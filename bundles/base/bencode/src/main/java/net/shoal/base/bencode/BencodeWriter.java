package net.shoal.base.bencode;

/** Writes values in their one canonical form; those that were read, byte for byte as they came. */
@SuppressWarnings("DoNotCallSuggester")
public final class BencodeWriter {
    private BencodeWriter() {}

    public static byte[] write(BValue value) {
        throw new UnsupportedOperationException();
    }
}
