package net.shoal.base.metainfo;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import net.shoal.base.model.InfoHash;
import net.shoal.base.model.InfoHashes;
import net.shoal.base.model.Sha1Hash;
import net.shoal.base.model.Sha256Hash;

/** Collects the parameters of one magnet link. */
final class MagnetParser {
    private static final String PREFIX = "magnet:?";
    private static final int MAX_LENGTH = 256 * 1024;
    /** Trackers, web seeds or peers, of each: what comes after is left out. */
    private static final int MAX_ADDRESSES = 256;

    private static final int MAX_FILES = 100_000;
    private static final String BTIH = "urn:btih:";
    private static final String BTMH = "urn:btmh:";
    /** How a multihash begins that is a SHA-256 (0x12) of 32 (0x20) bytes. */
    private static final String SHA256_MULTIHASH = "1220";

    private Optional<InfoHash.V1> v1 = Optional.empty();
    private Optional<InfoHash.V2> v2 = Optional.empty();
    private Optional<String> name = Optional.empty();
    private OptionalLong length = OptionalLong.empty();
    private final Set<URI> trackers = new LinkedHashSet<>();
    private final Set<URI> webSeeds = new LinkedHashSet<>();
    private final Set<MagnetLink.HostPort> peers = new LinkedHashSet<>();
    private final Set<Integer> files = new LinkedHashSet<>();

    MagnetLink parse(String text) {
        var link = text.strip();
        if (link.length() > MAX_LENGTH) {
            throw new IllegalArgumentException(
                    "The link has " + link.length() + " characters; at most " + MAX_LENGTH + " are accepted.");
        }
        if (!link.regionMatches(true, 0, PREFIX, 0, PREFIX.length())) {
            throw new IllegalArgumentException("A magnet link begins with magnet:? and this one does not.");
        }
        for (var parameter : link.substring(PREFIX.length()).split("&(?:amp;)?", -1)) {
            int equals = parameter.indexOf('=');
            if (equals > 0 && equals < parameter.length() - 1) {
                parameter(parameter.substring(0, equals), parameter.substring(equals + 1));
            }
        }
        if (v1.isEmpty() && v2.isEmpty()) {
            throw new IllegalArgumentException(
                    "The magnet link names no torrent: it needs xt=urn:btih: with 40 hexadecimal digits, or xt=urn:btmh:1220 with 64.");
        }
        return new MagnetLink(
                new InfoHashes(v1, v2),
                name,
                length,
                List.copyOf(trackers),
                List.copyOf(webSeeds),
                List.copyOf(peers),
                files.stream().sorted().toList());
    }

    /** A key may be numbered where it comes more than once: {@code tr.1}, {@code xt.2}. */
    private void parameter(String key, String encoded) {
        var value = decode(encoded, false);
        switch (key.toLowerCase(Locale.ROOT).replaceFirst("\\.[0-9]{1,4}$", "")) {
            case "xt" -> topic(value);
            case "dn" -> name = name.or(() -> Optional.of(decode(encoded, true)));
            case "xl" -> length = parseLength(value);
            case "tr" -> add(trackers, Uris.parse(value));
            case "ws" -> add(webSeeds, Uris.parse(value));
            case "x.pe" -> add(peers, hostPort(value));
            case "so" -> select(value);
            default -> {}
        }
    }

    private static <T> void add(Set<T> to, Optional<T> value) {
        if (to.size() < MAX_ADDRESSES) {
            value.ifPresent(to::add);
        }
    }

    private void topic(String topic) {
        if (topic.regionMatches(true, 0, BTIH, 0, BTIH.length())) {
            var hash = new InfoHash.V1(v1(topic.substring(BTIH.length())));
            checkSame(v1.isEmpty() || v1.get().equals(hash));
            v1 = Optional.of(hash);
        } else if (topic.regionMatches(true, 0, BTMH, 0, BTMH.length())) {
            var hash = new InfoHash.V2(multihash(topic.substring(BTMH.length())));
            checkSame(v2.isEmpty() || v2.get().equals(hash));
            v2 = Optional.of(hash);
        }
    }

    private static void checkSame(boolean same) {
        if (!same) {
            throw new IllegalArgumentException("The magnet link names two different torrents.");
        }
    }

    static InfoHashes infoHash(String text) {
        var hash = text.strip();
        if (hash.length() == 40 || hash.length() == 32) {
            return InfoHashes.of(new InfoHash.V1(v1(hash)));
        }
        if (hash.length() == 64) {
            return InfoHashes.of(new InfoHash.V2(v2(hash)));
        }
        if (hash.length() == 68 && hash.startsWith(SHA256_MULTIHASH)) {
            return InfoHashes.of(new InfoHash.V2(multihash(hash)));
        }
        throw new IllegalArgumentException("An infohash has 40 or 64 hexadecimal digits, or 32 of base32; this has "
                + hash.length() + " characters.");
    }

    private static Sha1Hash v1(String text) {
        if (isHex(text, 40)) {
            return Sha1Hash.ofHex(text);
        }
        if (text.length() == 32) {
            return Sha1Hash.of(base32(text));
        }
        throw new IllegalArgumentException(
                "A v1 infohash has 40 hexadecimal digits, or 32 of base32, unlike " + shown(text) + ".");
    }

    private static Sha256Hash v2(String text) {
        if (isHex(text, 64)) {
            return Sha256Hash.ofHex(text);
        }
        throw new IllegalArgumentException("A v2 infohash has 64 hexadecimal digits, unlike " + shown(text) + ".");
    }

    private static Sha256Hash multihash(String text) {
        if (!text.startsWith(SHA256_MULTIHASH)) {
            throw new IllegalArgumentException(
                    "A v2 infohash in a magnet link is 1220 and 64 hexadecimal digits, unlike " + shown(text) + ".");
        }
        return v2(text.substring(SHA256_MULTIHASH.length()));
    }

    private static boolean isHex(String text, int digits) {
        return text.length() == digits && text.chars().allMatch(c -> c < 128 && Character.digit(c, 16) >= 0);
    }

    /** RFC 4648, 32 characters of 5 bits. */
    private static byte[] base32(String text) {
        var bytes = new byte[Sha1Hash.LENGTH];
        long bits = 0;
        int held = 0;
        int next = 0;
        for (char c : text.toUpperCase(Locale.ROOT).toCharArray()) {
            int digit = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(c);
            if (digit < 0) {
                throw new IllegalArgumentException(
                        "A v1 infohash of 32 characters is base32, unlike " + shown(text) + ".");
            }
            bits = bits << 5 | digit;
            held += 5;
            if (held >= 8) {
                held -= 8;
                bytes[next++] = (byte) (bits >> held);
            }
        }
        return bytes;
    }

    private static String shown(String text) {
        return Names.quote(text.length() > 80 ? text.substring(0, 80) + "…" : text);
    }

    private static OptionalLong parseLength(String value) {
        return value.matches("[0-9]{1,18}") ? OptionalLong.of(Long.parseLong(value)) : OptionalLong.empty();
    }

    /** {@code host:port}, {@code 10.0.0.1:6881}, {@code [::1]:6881}. */
    static Optional<MagnetLink.HostPort> hostPort(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 1 || !text.substring(colon + 1).matches("[0-9]{1,5}")) {
            return Optional.empty();
        }
        int port = Integer.parseInt(text.substring(colon + 1));
        var host = text.substring(0, colon);
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
            if (!host.matches("[0-9A-Fa-f:.]{2,45}(%[0-9A-Za-z._-]{1,32})?")) {
                return Optional.empty();
            }
        } else if (!host.matches("[\\p{L}\\p{N}._-]{1,253}")) {
            return Optional.empty();
        }
        return port > 0 && port < 65_536 ? Optional.of(new MagnetLink.HostPort(host, port)) : Optional.empty();
    }

    /** BEP 53: {@code 0,2,4-6}. */
    private void select(String value) {
        for (var part : value.split(",", -1)) {
            if (!part.matches("[0-9]{1,9}(-[0-9]{1,9})?")) {
                throw new IllegalArgumentException("The magnet link selects files by " + shown(value)
                        + "; that has to be numbers and ranges like 0,2,4-6.");
            }
            int dash = part.indexOf('-');
            int first = Integer.parseInt(dash < 0 ? part : part.substring(0, dash));
            int last = dash < 0 ? first : Integer.parseInt(part.substring(dash + 1));
            if (last < first || (long) last - first + files.size() >= MAX_FILES) {
                throw new IllegalArgumentException("The magnet link selects the files " + shown(part)
                        + "; a range goes upwards, and at most " + MAX_FILES + " files can be selected.");
            }
            for (int file = first; file <= last; file++) {
                files.add(file);
            }
        }
    }

    /** Percent-decoding as UTF-8; a percent sign without two digits stays. */
    static String decode(String text, boolean plusIsSpace) {
        if (text.indexOf('%') < 0 && text.indexOf('+') < 0) {
            return text;
        }
        var out = new ByteArrayOutputStream(text.length());
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            int high = i + 2 < text.length() ? hexDigit(text.charAt(i + 1)) : -1;
            int low = i + 2 < text.length() ? hexDigit(text.charAt(i + 2)) : -1;
            if (c == '%' && high >= 0 && low >= 0) {
                out.write(high << 4 | low);
                i += 3;
            } else {
                out.writeBytes(
                        (plusIsSpace && c == '+' ? " " : Character.toString(c)).getBytes(StandardCharsets.UTF_8));
                i += Character.charCount(c);
            }
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    private static int hexDigit(char c) {
        return c < 128 ? Character.digit(c, 16) : -1;
    }
}
