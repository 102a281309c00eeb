package net.shoal.base.bencode;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashSet;

/**
 * Finds out whether bytes are bencode, and where the first value ends. For each open list or dictionary there is one frame on a stack of
 * fixed size: what comes next in it, and for a dictionary its last key.
 */
final class Check {
    /** Where keys are out of order, finding those that come twice takes memory: nobody has this many by accident. */
    private static final int MAX_UNSORTED_KEYS = 4096;

    private enum Next {
        ELEMENT,
        KEY,
        VALUE
    }

    private final byte[] in;
    private final int from;
    private final int limit;
    private final BencodeReader.Limits limits;
    private final boolean canonical;

    private int at;
    private int tokens;
    private int depth;
    private final Next[] next;
    private final int[] start;
    /** Of the last key; end is 0 before the first. */
    private final int[] keyStart;

    private final int[] keyEnd;
    private final boolean[] unsorted;

    Check(byte[] in, int from, int limit, BencodeReader.Limits limits, boolean canonical) {
        this.in = in;
        this.from = from;
        this.limit = limit;
        this.limits = limits;
        this.canonical = canonical;
        this.at = from;
        this.next = new Next[limits.depth()];
        this.start = new int[limits.depth()];
        this.keyStart = new int[limits.depth()];
        this.keyEnd = new int[limits.depth()];
        this.unsorted = new boolean[limits.depth()];
    }

    /** @return the end of the value that begins at {@code from} */
    int value() throws BencodeException {
        do {
            byte head = peek();
            if (depth > 0 && head == 'e' && next[depth - 1] != Next.VALUE) {
                close();
                continue;
            }
            if (++tokens > limits.tokens()) {
                throw error("more than " + limits.tokens() + " values");
            }
            if (depth > 0 && next[depth - 1] == Next.KEY) {
                key();
            } else {
                begin(head);
            }
        } while (depth > 0);
        return at;
    }

    private void begin(byte head) throws BencodeException {
        if (head == 'd' || head == 'l') {
            open(head == 'd' ? Next.KEY : Next.ELEMENT);
        } else if (head == 'i') {
            integer();
            valueDone();
        } else if (isDigit(head)) {
            at = string();
            valueDone();
        } else {
            throw error("no value begins with " + describe(head));
        }
    }

    private void open(Next first) throws BencodeException {
        if (depth == limits.depth()) {
            throw error("nested deeper than " + limits.depth());
        }
        next[depth] = first;
        start[depth] = at++;
        keyEnd[depth] = 0;
        unsorted[depth] = false;
        depth++;
    }

    private void close() throws BencodeException {
        at++;
        depth--;
        if (unsorted[depth]) {
            refuseDuplicates(start[depth]);
        }
        valueDone();
    }

    private void valueDone() {
        if (depth > 0 && next[depth - 1] == Next.VALUE) {
            next[depth - 1] = Next.KEY;
        }
    }

    private void key() throws BencodeException {
        if (!isDigit(peek())) {
            throw error("a key of a dictionary is a string and does not begin with " + describe(peek()));
        }
        int frame = depth - 1;
        int end = string();
        int begin = Encoded.stringStart(in, at);
        if (keyEnd[frame] > 0) {
            int order = Arrays.compareUnsigned(in, keyStart[frame], keyEnd[frame], in, begin, end);
            if (order == 0) {
                throw error("the key comes twice");
            }
            if (order > 0 && canonical) {
                throw error("the key is out of order");
            }
            unsorted[frame] |= order > 0;
        }
        keyStart[frame] = begin;
        keyEnd[frame] = end;
        next[frame] = Next.VALUE;
        at = end;
    }

    /** Rare, so it may walk the dictionary once more. */
    private void refuseDuplicates(int dict) throws BencodeException {
        var seen = new HashSet<ByteBuffer>();
        for (int i = dict + 1; in[i] != 'e'; ) {
            int begin = Encoded.stringStart(in, i);
            int end = Encoded.skip(in, i);
            if (!seen.add(ByteBuffer.wrap(in, begin, end - begin)) || seen.size() > MAX_UNSORTED_KEYS) {
                at = i;
                throw error(
                        seen.size() > MAX_UNSORTED_KEYS
                                ? "more than " + MAX_UNSORTED_KEYS + " keys that are out of order"
                                : "the key comes twice");
            }
            i = Encoded.skip(in, end);
        }
    }

    private void integer() throws BencodeException {
        int i = at + 1;
        boolean negative = i < limit && in[i] == '-';
        if (negative) {
            i++;
        }
        int first = i;
        long value = 0;
        while (i < limit && isDigit(in[i])) {
            int digit = in[i] - '0';
            if (value < (Long.MIN_VALUE + digit) / 10) {
                throw error("an integer beyond 64 bits");
            }
            value = value * 10 - digit;
            i++;
        }
        if (i == limit) {
            throw error("an integer without an end");
        }
        boolean superfluousZero = in[first] == '0' && (negative || i - first > 1);
        if (i == first || in[i] != 'e' || superfluousZero || (!negative && value == Long.MIN_VALUE)) {
            throw error("not an integer");
        }
        at = i + 1;
    }

    /** @return the end of the string that begins at {@code at} */
    private int string() throws BencodeException {
        int i = at;
        long length = 0;
        while (i < limit && isDigit(in[i])) {
            length = length * 10 + in[i] - '0';
            if (length > limit - from || (length == 0 && i > at)) {
                break;
            }
            i++;
        }
        if (length > limit - from) {
            throw error("a string longer than the input");
        }
        if (i == limit || in[i] != ':' || (in[at] == '0' && i - at > 1)) {
            throw error("not the length of a string");
        }
        if (length > limit - i - 1) {
            throw error("a string of " + length + " bytes, of which " + (limit - i - 1) + " are there");
        }
        return i + 1 + (int) length;
    }

    private byte peek() throws BencodeException {
        if (at >= limit) {
            throw error("the input ends too early");
        }
        return in[at];
    }

    private static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }

    private static String describe(byte b) {
        return b > ' ' && b < 127 ? String.valueOf((char) b) : "byte " + (b & 0xff);
    }

    private BencodeException error(String what) {
        return new BencodeException(what + ", at byte " + (at - from));
    }
}
