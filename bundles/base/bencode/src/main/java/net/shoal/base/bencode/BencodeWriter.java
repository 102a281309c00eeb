package net.shoal.base.bencode;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Writes values in their one canonical form; lists and dictionaries that were read, byte for byte as they came. */
public final class BencodeWriter {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private BencodeWriter() {}

    public static byte[] write(BValue value) {
        var writer = new BencodeWriter();
        writer.value(value);
        return writer.out.toByteArray();
    }

    private void value(BValue value) {
        if (value instanceof BInteger integer) {
            text("i" + integer.value() + "e");
        } else if (value instanceof BString string) {
            string(string);
        } else if (value instanceof BList list) {
            list.source().ifPresentOrElse(this::bytes, () -> elements(list));
        } else if (value instanceof BDict dict) {
            dict.source().ifPresentOrElse(this::bytes, () -> entries(dict));
        }
    }

    private void elements(BList list) {
        out.write('l');
        list.forEach(this::value);
        out.write('e');
    }

    private void entries(BDict dict) {
        out.write('d');
        for (var entry : dict) {
            string(entry.getKey());
            value(entry.getValue());
        }
        out.write('e');
    }

    private void string(BString string) {
        text(string.length() + ":");
        bytes(string.buffer());
    }

    private void text(String ascii) {
        out.writeBytes(ascii.getBytes(StandardCharsets.US_ASCII));
    }

    private void bytes(ByteBuffer from) {
        var bytes = new byte[from.remaining()];
        from.get(bytes);
        out.writeBytes(bytes);
    }
}
