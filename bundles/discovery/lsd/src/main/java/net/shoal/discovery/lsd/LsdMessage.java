package net.shoal.discovery.lsd;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import net.shoal.base.model.Sha1Hash;

/**
 * One announcement (BEP 14): who sends it has a peer at this port, in these swarms.
 *
 * @param cookie by which a sender knows its own again; empty if there is none
 */
record LsdMessage(int port, List<Sha1Hash> infoHashes, String cookie) {
    /** Bytes beyond which a packet may be fragmented. */
    static final int USUAL_LENGTH = 1_400;
    /** As many as have room in a packet of the usual length, beside 140 bytes of everything else. */
    static final int MOST_SENT = 24;
    /** Infohashes taken from one packet; what comes after them is not read. */
    static final int MOST_HEARD = 100;

    private static final String REQUEST = "BT-SEARCH * HTTP/1.1";
    private static final int MAX_LINE = 200;
    private static final int MAX_COOKIE = 100;
    private static final Pattern PORT = Pattern.compile("[0-9]{1,5}");
    private static final Pattern INFO_HASH = Pattern.compile("[0-9a-fA-F]{40}");

    LsdMessage {
        infoHashes = List.copyOf(infoHashes);
    }

    /** Empty for what is none, has no port that can be dialled, or names no swarm. */
    static Optional<LsdMessage> parse(ByteBuffer datagram) {
        var lines = new Lines(StandardCharsets.ISO_8859_1.decode(datagram).toString());
        if (!lines.next().equals(REQUEST)) {
            return Optional.empty();
        }
        int port = 0;
        var cookie = "";
        var hashes = new ArrayList<Sha1Hash>();
        for (var line = lines.next(); !line.isEmpty() && hashes.size() < MOST_HEARD; line = lines.next()) {
            int colon = line.indexOf(':');
            if (colon < 0 || line.length() > MAX_LINE) {
                continue;
            }
            var value = line.substring(colon + 1).strip();
            switch (line.substring(0, colon).strip().toLowerCase(Locale.ROOT)) {
                case "port" -> port = PORT.matcher(value).matches() ? Integer.parseInt(value) : 0;
                case "infohash" -> {
                    if (INFO_HASH.matcher(value).matches()) {
                        hashes.add(Sha1Hash.ofHex(value));
                    }
                }
                case "cookie" -> cookie = value.length() <= MAX_COOKIE ? value : "";
                default -> {}
            }
        }
        return port > 0 && port <= 0xffff && !hashes.isEmpty()
                ? Optional.of(new LsdMessage(port, hashes, cookie))
                : Optional.empty();
    }

    /** @param host the group it is sent to, with its port */
    ByteBuffer encode(String host) {
        var text = new StringBuilder(USUAL_LENGTH)
                .append(REQUEST)
                .append("\r\nHost: ")
                .append(host)
                .append("\r\nPort: ")
                .append(port)
                .append("\r\n");
        infoHashes.forEach(hash -> text.append("Infohash: ").append(hash.hex()).append("\r\n"));
        if (!cookie.isEmpty()) {
            text.append("cookie: ").append(cookie).append("\r\n");
        }
        return StandardCharsets.ISO_8859_1.encode(text.append("\r\n\r\n").toString());
    }

    /** One after the other, without copying the rest; empty at the end. */
    private static final class Lines {
        private final String text;
        private int at;

        Lines(String text) {
            this.text = text;
        }

        String next() {
            int end = text.indexOf('\n', at);
            var line = text.substring(at, end < 0 ? text.length() : end);
            at = end < 0 ? text.length() : end + 1;
            return line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
        }
    }
}
