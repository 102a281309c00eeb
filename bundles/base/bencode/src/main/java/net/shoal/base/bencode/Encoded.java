package net.shoal.base.bencode;

import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;

/** Walks bytes that {@link Check} has found to be bencode, and that nobody changes any more. */
final class Encoded {
    private Encoded() {}

    /** The value that begins at {@code at}. */
    static BValue value(byte[] in, int at) {
        return switch (in[at]) {
            case 'i' -> new BInteger(integer(in, at));
            case 'l' -> new BList(in, at, skip(in, at));
            case 'd' -> new BDict(in, at, skip(in, at));
            default -> string(in, at);
        };
    }

    static BString string(byte[] in, int at) {
        int begin = stringStart(in, at);
        return BString.view(ByteBuffer.wrap(in, begin, skip(in, at) - begin));
    }

    /** Where the bytes of the string begin, behind its length. */
    static int stringStart(byte[] in, int at) {
        int i = at;
        while (in[i] != ':') {
            i++;
        }
        return i + 1;
    }

    private static long integer(byte[] in, int at) {
        boolean negative = in[at + 1] == '-';
        long value = 0;
        for (int i = negative ? at + 2 : at + 1; in[i] != 'e'; i++) {
            value = value * 10 - (in[i] - '0');
        }
        return negative ? value : -value;
    }

    /** The end of the value that begins at {@code at}. */
    static int skip(byte[] in, int at) {
        int depth = 0;
        int i = at;
        do {
            byte head = in[i];
            if (head == 'e') {
                depth--;
                i++;
            } else if (head == 'l' || head == 'd') {
                depth++;
                i++;
            } else if (head == 'i') {
                i = integerEnd(in, i);
            } else {
                i = stringEnd(in, i);
            }
        } while (depth > 0);
        return i;
    }

    private static int integerEnd(byte[] in, int at) {
        int i = at;
        while (in[i] != 'e') {
            i++;
        }
        return i + 1;
    }

    private static int stringEnd(byte[] in, int at) {
        int length = 0;
        int i = at;
        for (; in[i] != ':'; i++) {
            length = length * 10 + in[i] - '0';
        }
        return i + 1 + length;
    }

    /** The value of {@code key} in the dictionary that begins at {@code dict}. */
    static Optional<BValue> find(byte[] in, int dict, BString key) {
        for (int at = dict + 1; in[at] != 'e'; ) {
            int value = skip(in, at);
            if (key.is(in, stringStart(in, at), value)) {
                return Optional.of(value(in, value));
            }
            at = skip(in, value);
        }
        return Optional.empty();
    }

    /** The elements of the list that begins at {@code list}. */
    static Iterator<BValue> elements(byte[] in, int list) {
        return new Iterator<>() {
            private int at = list + 1;

            @Override
            public boolean hasNext() {
                return in[at] != 'e';
            }

            @Override
            public BValue next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                var value = value(in, at);
                at = skip(in, at);
                return value;
            }
        };
    }

    /** The entries of the dictionary that begins at {@code dict}, as they come. */
    static Iterator<Map.Entry<BString, BValue>> entries(byte[] in, int dict) {
        return new Iterator<>() {
            private int at = dict + 1;

            @Override
            public boolean hasNext() {
                return in[at] != 'e';
            }

            @Override
            public Map.Entry<BString, BValue> next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                var key = string(in, at);
                int value = skip(in, at);
                at = skip(in, value);
                return Map.entry(key, value(in, value));
            }
        };
    }
}
