package net.shoal.ui.rest;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One range of bytes, as {@code Range: bytes=…} asks for it (RFC 9110, 14.2). Several at once, and units other than bytes, are answered with
 * all of it, as that permits.
 *
 * @param last inclusive
 */
record ByteRange(long first, long last) {
    private static final Pattern FORM = Pattern.compile("bytes=([0-9]{0,18})-([0-9]{0,18})");

    long length() {
        return last - first + 1;
    }

    /** What is to be sent. */
    sealed interface Wanted {
        record All() implements Wanted {}

        record Part(ByteRange range) implements Wanted {}

        /** No byte of it is there. */
        record Nothing() implements Wanted {}
    }

    static Wanted of(Optional<String> header, long size) {
        var matcher = FORM.matcher(header.orElse(""));
        if (!matcher.matches()
                || (matcher.group(1).isEmpty() && matcher.group(2).isEmpty())) {
            return new Wanted.All();
        }
        if (matcher.group(1).isEmpty()) {
            long tail = Math.min(Long.parseLong(matcher.group(2)), size);
            return tail == 0 ? new Wanted.Nothing() : new Wanted.Part(new ByteRange(size - tail, size - 1));
        }
        long first = Long.parseLong(matcher.group(1));
        long last = matcher.group(2).isEmpty() ? size - 1 : Math.min(Long.parseLong(matcher.group(2)), size - 1);
        if (!matcher.group(2).isEmpty() && Long.parseLong(matcher.group(2)) < first) {
            return new Wanted.All(); // not a range at all, so it is ignored
        }
        return first >= size ? new Wanted.Nothing() : new Wanted.Part(new ByteRange(first, last));
    }
}
