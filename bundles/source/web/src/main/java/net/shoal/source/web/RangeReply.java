package net.shoal.source.web;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import net.shoal.api.transfer.SourceException;

/** What the head of an answer means (RFC 9110) to one who has asked for a part of a file. */
sealed interface RangeReply {
    /** A server that knows no ranges may send all of a file that is no longer, bytes. */
    long SMALL = 1 << 20;

    Duration SHORTEST_WAIT = Duration.ofSeconds(5);
    Duration LONGEST_WAIT = Duration.ofHours(1);

    /** {@code bytes 0-99/1000}, the last may be {@code *}. */
    Pattern CONTENT_RANGE = Pattern.compile("bytes (\\d{1,18})-(\\d{1,18})/(\\d{1,18}|\\*)");

    /**
     * The body holds what was asked for.
     *
     * @param skip bytes of the body to leave out at first
     * @param take bytes that then come; perhaps fewer than were asked for
     */
    record Body(long skip, long take) implements RangeReply {}

    record Moved(String location) implements RangeReply {}

    record Refused(SourceException why) implements RangeReply {}

    /**
     * A part of a file.
     *
     * @param fileLength of all of it
     */
    record Asked(long offset, long length, long fileLength) {
        long end() {
            return offset + length;
        }
    }

    static RangeReply of(int status, HttpHeaders headers, Asked asked, Instant now) {
        return switch (status) {
            case 206 -> part(headers, asked);
            case 200 -> whole(headers, asked);
            case 301, 302, 303, 307, 308 ->
                Optional.ofNullable(headers.get(HttpHeaderNames.LOCATION))
                        .<RangeReply>map(Moved::new)
                        .orElseGet(() -> new Refused(SourceException.notNow("redirects to nowhere")));
            case 401, 403, 404, 410, 451 -> new Refused(SourceException.notThisFile(words(status)));
            case 416 -> new Refused(SourceException.notThisFile("has a shorter file than the torrent"));
            case 429, 503 ->
                new Refused(retryAfter(headers, now)
                        .map(wait -> SourceException.notBefore(words(status), wait))
                        .orElseGet(() -> SourceException.notNow(words(status))));
            default -> new Refused(SourceException.notNow(words(status)));
        };
    }

    private static String words(int status) {
        return "answers " + HttpResponseStatus.valueOf(status);
    }

    private static RangeReply part(HttpHeaders headers, Asked asked) {
        var encoded = encoded(headers);
        if (encoded.isPresent()) {
            return encoded.get();
        }
        var range = CONTENT_RANGE.matcher(headers.get(HttpHeaderNames.CONTENT_RANGE, ""));
        if (!range.matches()) {
            return never("does not say which part of the file it sends");
        }
        long first = Long.parseLong(range.group(1));
        long last = Long.parseLong(range.group(2));
        if (!range.group(3).equals("*") && Long.parseLong(range.group(3)) != asked.fileLength) {
            return wrongLength(range.group(3), asked);
        }
        if (first != asked.offset || last < first || last >= asked.end()) {
            return never("sends another part of the file than it was asked for");
        }
        var length = length(headers);
        if (length.isPresent() && length.getAsLong() != last - first + 1) {
            return never("contradicts itself about how much it sends");
        }
        return new Body(0, last - first + 1);
    }

    private static RangeReply whole(HttpHeaders headers, Asked asked) {
        var encoded = encoded(headers);
        if (encoded.isPresent()) {
            return encoded.get();
        }
        var length = length(headers);
        if (length.isPresent() && length.getAsLong() != asked.fileLength) {
            return wrongLength(String.valueOf(length.getAsLong()), asked);
        }
        boolean isAll = asked.offset == 0 && asked.length == asked.fileLength;
        return isAll || asked.fileLength <= SMALL
                ? new Body(asked.offset, asked.length)
                : new Refused(SourceException.notThisFile("does not send parts of files"));
    }

    /** What was not asked for: a compressed file is another one. */
    private static Optional<RangeReply> encoded(HttpHeaders headers) {
        var encoding = headers.get(HttpHeaderNames.CONTENT_ENCODING, "identity");
        if (!encoding.equalsIgnoreCase("identity")) {
            return Optional.of(never("sends files compressed, though it was not asked to"));
        }
        var type = headers.get(HttpHeaderNames.CONTENT_TYPE, "").toLowerCase(Locale.ROOT);
        return type.startsWith("multipart/byteranges")
                ? Optional.of(never("sends several parts where it was asked for one"))
                : Optional.empty();
    }

    private static RangeReply wrongLength(String there, Asked asked) {
        return new Refused(SourceException.notThisFile(
                "has a file of " + there + " bytes where the torrent has one of " + asked.fileLength));
    }

    private static RangeReply never(String reason) {
        return new Refused(SourceException.never(reason));
    }

    private static OptionalLong length(HttpHeaders headers) {
        var text = headers.get(HttpHeaderNames.CONTENT_LENGTH, "");
        return text.matches("\\d{1,18}") ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty();
    }

    /** Seconds or a date, within reason. */
    private static Optional<Duration> retryAfter(HttpHeaders headers, Instant now) {
        var text = headers.get(HttpHeaderNames.RETRY_AFTER, "").strip();
        try {
            if (text.matches("\\d{1,9}")) {
                return Optional.of(within(Duration.ofSeconds(Long.parseLong(text))));
            }
            var date = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME);
            return Optional.of(within(Duration.between(now, date.toInstant())));
        } catch (DateTimeParseException | ArithmeticException e) {
            return Optional.empty();
        }
    }

    private static Duration within(Duration wait) {
        if (wait.compareTo(SHORTEST_WAIT) < 0) {
            return SHORTEST_WAIT;
        }
        return wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
    }
}
