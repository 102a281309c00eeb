package net.shoal.base.wire;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import net.shoal.base.bencode.BDict;
import net.shoal.base.bencode.BInteger;
import net.shoal.base.bencode.BString;
import net.shoal.base.bencode.BValue;

/**
 * What peers that know BEP 10 tell each other first, and again when it changes. What a remote gets wrong is as if it had not
 * said it: these fields are hints, nobody loses a connection for them.
 *
 * @param messages {@code m}: the id under which the sender takes each extension's messages, 0 where it no longer does
 * @param client {@code v}: name and version of the sender, printable and at most {@link #MAX_CLIENT} characters
 * @param port {@code p}: where the sender listens
 * @param requestQueue {@code reqq}: requests the sender keeps before it drops any
 * @param metadataSize {@code metadata_size} (BEP 9), bytes of the info dictionary; not checked against a bound here
 * @param yourAddress {@code yourip}: our address as the sender sees it
 * @param uploadOnly {@code upload_only} (BEP 21): the sender wants nothing
 * @param longestRequest {@code sh_request}, known to Shoal alone: bytes that one request to the sender may ask for, where that is more than
 *     the 16 KiB that everybody answers
 */
public record ExtendedHandshake(
        SortedMap<String, Integer> messages,
        Optional<String> client,
        OptionalInt port,
        OptionalInt requestQueue,
        OptionalInt metadataSize,
        Optional<InetAddress> yourAddress,
        boolean uploadOnly,
        OptionalInt longestRequest) {
    /** The message id that carries it (BEP 10). */
    public static final int MESSAGE_ID = 0;

    private static final String LONGEST_REQUEST = "sh_request";

    public static final int MAX_CLIENT = 64;
    /** Bytes of the whole; those in use have some hundred. */
    public static final int MAX_LENGTH = 64 * 1024;
    /** Bytes of the name of an extension; longer ones are not looked at. */
    public static final int MAX_NAME = 64;
    /** Extensions beyond this many are not looked at. */
    public static final int MAX_MESSAGES = 64;

    public static final ExtendedHandshake EMPTY = new ExtendedHandshake(
            Collections.emptySortedMap(),
            Optional.empty(),
            OptionalInt.empty(),
            OptionalInt.empty(),
            OptionalInt.empty(),
            Optional.empty(),
            false,
            OptionalInt.empty());

    public ExtendedHandshake {
        messages = Collections.unmodifiableSortedMap(new TreeMap<>(messages));
    }

    public static ExtendedHandshake of(BDict dict) {
        return new ExtendedHandshake(
                messages(dict),
                dict.string("v").flatMap(ExtendedHandshake::client),
                number(dict, "p", 1, 0xffff),
                number(dict, "reqq", 1, Integer.MAX_VALUE),
                number(dict, "metadata_size", 1, Integer.MAX_VALUE),
                dict.string("yourip").flatMap(ExtendedHandshake::address),
                dict.integer("upload_only").orElse(0) != 0,
                number(dict, LONGEST_REQUEST, 1, Integer.MAX_VALUE));
    }

    public BDict toDict() {
        var dict = BDict.builder();
        contribute(dict);
        return dict.build();
    }

    /** Puts our keys to those that extensions add. */
    public void contribute(BDict.Builder dict) {
        var ids = new TreeMap<BString, BValue>();
        messages.forEach((name, id) -> ids.put(BString.of(name), new BInteger(id)));
        dict.put("m", new BDict(ids));
        client.ifPresent(name -> dict.put("v", name));
        port.ifPresent(value -> dict.put("p", value));
        requestQueue.ifPresent(value -> dict.put("reqq", value));
        metadataSize.ifPresent(value -> dict.put("metadata_size", value));
        yourAddress.ifPresent(address -> dict.put("yourip", BString.of(address.getAddress())));
        if (uploadOnly) {
            dict.put("upload_only", 1);
        }
        longestRequest.ifPresent(value -> dict.put(LONGEST_REQUEST, value));
    }

    /** The id under which the sender takes messages of this extension. */
    public OptionalInt idOf(String extension) {
        int id = messages.getOrDefault(extension, 0);
        return id == 0 ? OptionalInt.empty() : OptionalInt.of(id);
    }

    /** This one, brought up to date by a later one: what that does not say stays (BEP 10), but for {@code upload_only}. */
    public ExtendedHandshake updatedBy(ExtendedHandshake later) {
        var ids = new TreeMap<>(messages);
        later.messages.forEach((name, id) -> {
            if (ids.size() < MAX_MESSAGES || ids.containsKey(name)) {
                ids.put(name, id);
            }
        });
        return new ExtendedHandshake(
                ids,
                later.client.or(() -> client),
                later.port.isPresent() ? later.port : port,
                later.requestQueue.isPresent() ? later.requestQueue : requestQueue,
                later.metadataSize.isPresent() ? later.metadataSize : metadataSize,
                later.yourAddress.or(() -> yourAddress),
                later.uploadOnly,
                later.longestRequest.isPresent() ? later.longestRequest : longestRequest);
    }

    private static SortedMap<String, Integer> messages(BDict dict) {
        var ids = new TreeMap<String, Integer>();
        for (Map.Entry<BString, ?> entry :
                dict.dict("m").orElse(BDict.EMPTY).entries().entrySet()) {
            if (ids.size() < MAX_MESSAGES
                    && entry.getKey().length() <= MAX_NAME
                    && entry.getValue() instanceof BInteger id
                    && id.value() >= 0
                    && id.value() <= 0xff) {
                ids.put(entry.getKey().text(), (int) id.value());
            }
        }
        return ids;
    }

    private static OptionalInt number(BDict dict, String key, int min, int max) {
        long value = dict.integer(key).orElse(-1);
        return value >= min && value <= max ? OptionalInt.of((int) value) : OptionalInt.empty();
    }

    private static Optional<String> client(BString text) {
        // four bytes a character at most, so that a megabyte is not decoded for 64 characters
        var head = text.buffer().limit(Math.min(text.length(), 4 * MAX_CLIENT));
        var name = ClientName.printable(BString.view(head).text(), MAX_CLIENT);
        return name.isEmpty() ? Optional.empty() : Optional.of(name);
    }

    private static Optional<InetAddress> address(BString bytes) {
        try {
            return bytes.length() == 4 || bytes.length() == 16
                    ? Optional.of(InetAddress.getByAddress(bytes.toBytes()))
                    : Optional.empty();
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }
}
