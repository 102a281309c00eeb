package net.shoal.discovery.dht.krpc;

import java.nio.ByteBuffer;
import java.util.Optional;
import net.shoal.base.bencode.BDict;
import net.shoal.base.bencode.BInteger;
import net.shoal.base.bencode.BList;
import net.shoal.base.bencode.BString;
import net.shoal.base.bencode.BValue;
import net.shoal.base.bencode.BencodeException;
import net.shoal.base.bencode.BencodeReader;
import org.jspecify.annotations.Nullable;

/** Reads what anybody may send to the port of the DHT. */
public final class KrpcReader {
    /** Bytes; what is longer is no message of the DHT. */
    public static final int MAX_DATAGRAM = 4_096;
    /** Bytes of a transaction id, which we have to give back. */
    public static final int MAX_TRANSACTION = 32;

    private static final int MAX_NAME = 64;
    private static final int MAX_TEXT = 200;
    /** A value of BEP 44 may be nested, 1,000 bytes of it. */
    private static final BencodeReader READER = new BencodeReader(new BencodeReader.Limits(24, 2_000), false);

    private static final BString T = BString.of("t");
    private static final BString Y = BString.of("y");
    private static final BString Q = BString.of("q");
    private static final BString A = BString.of("a");
    private static final BString R = BString.of("r");
    private static final BString E = BString.of("e");
    private static final BString RO = BString.of("ro");
    private static final BString IP = BString.of("ip");

    private KrpcReader() {}

    /** @throws BencodeException if it is no message, saying why */
    public static KrpcMessage read(ByteBuffer datagram) throws BencodeException {
        int length = datagram.remaining();
        if (length > MAX_DATAGRAM) {
            throw new BencodeException("a datagram of " + length + " bytes is longer than " + MAX_DATAGRAM);
        }
        var message = READER.readDict(datagram);
        var transaction = string(message, T);
        if (transaction == null || transaction.length() > MAX_TRANSACTION) {
            throw new BencodeException("the transaction id t is missing or longer than " + MAX_TRANSACTION + " bytes");
        }
        var kind = string(message, Y);
        if (kind == null || kind.length() != 1) {
            throw new BencodeException("the kind y is missing or longer than one byte");
        }
        return switch (kind.buffer().get(0)) {
            case 'q' -> query(message, transaction, length);
            case 'r' -> reply(message, transaction);
            case 'e' -> refusal(message, transaction);
            default -> throw new BencodeException("the kind y is none of q, r and e");
        };
    }

    private static KrpcMessage query(BDict message, BString transaction, int length) throws BencodeException {
        var name = string(message, Q);
        if (name == null || name.length() > MAX_NAME) {
            throw new BencodeException("the query has no name, or one longer than " + MAX_NAME + " bytes");
        }
        var arguments = message.get(A).orElse(BDict.EMPTY);
        if (!(arguments instanceof BDict dict)) {
            throw new BencodeException("the arguments of a query have to be a dictionary");
        }
        boolean readOnly = message.get(RO).orElse(BDict.EMPTY) instanceof BInteger flag && flag.value() == 1;
        return new KrpcMessage.Query(transaction, name.text(), dict, readOnly, length);
    }

    private static KrpcMessage reply(BDict message, BString transaction) throws BencodeException {
        if (!(message.get(R).orElse(transaction) instanceof BDict values)) {
            throw new BencodeException("a reply has its values in a dictionary r");
        }
        return new KrpcMessage.Reply(transaction, values, seenAs(message));
    }

    private static KrpcMessage refusal(BDict message, BString transaction) {
        int code = 201;
        var text = "";
        if (message.get(E).orElse(transaction) instanceof BList list) {
            for (BValue value : list) {
                if (value instanceof BInteger number && number.value() == (int) number.value()) {
                    code = (int) number.value();
                } else if (value instanceof BString words && words.length() <= MAX_TEXT) {
                    text = words.text();
                }
            }
        }
        return new KrpcMessage.Refusal(transaction, code, text, seenAs(message));
    }

    private static Optional<Endpoint> seenAs(BDict message) {
        var compact = string(message, IP);
        if (compact == null) {
            return Optional.empty();
        }
        return switch (compact.length()) {
            case 6 -> Optional.of(Endpoint.read(compact.buffer(), Family.V4));
            case 18 -> Optional.of(Endpoint.read(compact.buffer(), Family.V6));
            default -> Optional.empty();
        };
    }

    private static @Nullable BString string(BDict dict, BString key) {
        return dict.get(key).orElse(BDict.EMPTY) instanceof BString string ? string : null;
    }
}
