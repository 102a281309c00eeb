package net.shoal.discovery.dht.krpc;

import java.nio.charset.StandardCharsets;
import net.shoal.base.bencode.BString;

/** Wraps arguments and values into datagrams, keys in order. */
public final class KrpcWriter {
    /** Bytes; what is longer may be cut into fragments on its way, and those are lost more often. */
    public static final int MAX_DATAGRAM = 1_200;

    /** Who we are, as libtorrent and others write it: two letters and a version. */
    private static final byte[] VERSION = "SH\0\1".getBytes(StandardCharsets.ISO_8859_1);

    private static final int VERSION_LENGTH = 3 + 2 + VERSION.length;
    /** {@code d1:a…1:q…1:t4:TTTT1:v4:VVVV1:y1:qe}. */
    private static final int AROUND_QUERY = 1 + 3 + 3 + 3 + 6 + VERSION_LENGTH + 6 + 1;
    /** {@code 2:roi1e}. */
    private static final int READ_ONLY = 4 + 3;
    /** {@code d1:r…1:t…1:y1:re}. */
    private static final int MIN_REPLY = 1 + 3 + 3 + 6 + 1;

    private KrpcWriter() {}

    /** @param arguments a whole dictionary */
    public static byte[] query(int transaction, String name, Bencoder arguments, boolean readOnly) {
        int digits = name.length() > 9 ? 3 : 2;
        int length = AROUND_QUERY + arguments.length() + digits + name.length() + (readOnly ? READ_ONLY : 0);
        var out = new Bencoder(length).dict().text("a").raw(arguments).text("q").text(name);
        if (readOnly) {
            out.text("ro").integer(1);
        }
        return end(out, transactionBytes(transaction), true, "q");
    }

    /**
     * @param values a whole dictionary
     * @param room bytes that there are; where they are few, what nobody needs is left out
     */
    public static byte[] reply(BString transaction, Bencoder values, Endpoint to, int room) {
        int length = MIN_REPLY + values.length() + transaction.length() + digits(transaction);
        boolean isVersioned = length + VERSION_LENGTH + ipLength(to) <= room;
        var out = new Bencoder().dict();
        if (length + ipLength(to) <= room) {
            out.text("ip").bytes(to.compact());
        }
        return end(out.text("r").raw(values), transaction.toBytes(), isVersioned, "r");
    }

    private static int digits(BString transaction) {
        return transaction.length() > 9 ? 3 : 2;
    }

    /** Bytes that it takes to say where the asker was seen from; it is left out where they are not there. */
    public static int ipLength(Endpoint to) {
        return to.family() == Family.V4 ? 4 + 2 + 6 : 4 + 3 + 18;
    }

    public static byte[] refusal(BString transaction, int code, String text, Endpoint to) {
        var out =
                new Bencoder().dict().text("e").list().integer(code).text(text).end();
        out.text("ip").bytes(to.compact());
        return end(out, transaction.toBytes(), false, "e");
    }

    /** Bytes that a reply has around its values. */
    public static int replyOverhead(BString transaction, Endpoint to) {
        return MIN_REPLY + transaction.length() + digits(transaction) + ipLength(to);
    }

    private static byte[] end(Bencoder out, byte[] transaction, boolean versioned, String kind) {
        out.text("t").bytes(transaction);
        if (versioned) {
            out.text("v").bytes(VERSION);
        }
        return out.text("y").text(kind).end().toBytes();
    }

    private static byte[] transactionBytes(int transaction) {
        return new byte[] {
            (byte) (transaction >>> 24), (byte) (transaction >>> 16), (byte) (transaction >>> 8), (byte) transaction
        };
    }
}
