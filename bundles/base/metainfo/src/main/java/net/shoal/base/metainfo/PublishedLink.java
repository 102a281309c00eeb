package net.shoal.base.metainfo;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import net.shoal.base.bencode.BDict;
import net.shoal.base.bencode.BString;
import net.shoal.base.bencode.BValue;
import net.shoal.base.model.Sha1Hash;

/**
 * A magnet link that names no torrent but the key of who publishes it (BEP 46): {@code magnet:?xs=urn:btpk:KEY&s=SALT}. Which torrent it is at
 * present stands in a mutable item of the DHT (BEP 44).
 *
 * @param publicKey 32 bytes, of Ed25519
 * @param salt at most 64 bytes; none is empty
 * @param others what else the link says, such as trackers, as it says it
 */
public record PublishedLink(BString publicKey, BString salt, List<String> others) {
    private static final String PREFIX = "magnet:?";
    private static final String BTPK = "urn:btpk:";
    private static final int KEY_LENGTH = 32;
    private static final int MAX_SALT = 64;
    private static final int MAX_LENGTH = 256 * 1024;

    public PublishedLink {
        others = List.copyOf(others);
    }

    /**
     * Reads a link; empty where it is none of this kind, as one that names a torrent.
     *
     * @throws IllegalArgumentException with a sentence, if it is one and its key or salt cannot be right
     */
    public static Optional<PublishedLink> parse(String text) {
        var link = text.strip();
        if (link.length() > MAX_LENGTH || !link.regionMatches(true, 0, PREFIX, 0, PREFIX.length())) {
            return Optional.empty();
        }
        Optional<BString> key = Optional.empty();
        var salt = BString.of("");
        var others = new ArrayList<String>();
        for (var parameter : link.substring(PREFIX.length()).split("&(?:amp;)?", -1)) {
            int equals = parameter.indexOf('=');
            var name = equals < 0 ? "" : parameter.substring(0, equals).toLowerCase(Locale.ROOT);
            var value = MagnetParser.decode(parameter.substring(equals + 1), false);
            if (name.equals("xt")) {
                return Optional.empty();
            } else if (name.equals("xs") && value.regionMatches(true, 0, BTPK, 0, BTPK.length())) {
                key = Optional.of(key(value.substring(BTPK.length())));
            } else if (name.equals("s")) {
                salt = salt(value);
            } else if (!name.isEmpty()) {
                others.add(parameter);
            }
        }
        var theSalt = salt;
        return key.map(each -> new PublishedLink(each, theSalt, others));
    }

    private static BString key(String hex) {
        if (hex.length() != 2 * KEY_LENGTH || !isHex(hex)) {
            throw new IllegalArgumentException(
                    "The link names who publishes by xs=urn:btpk: and 64 hexadecimal digits, unlike "
                            + Names.quote(hex.substring(0, Math.min(80, hex.length()))) + ".");
        }
        return BString.of(HexFormat.of().parseHex(hex));
    }

    private static BString salt(String hex) {
        if (hex.length() > 2 * MAX_SALT || hex.length() % 2 != 0 || !isHex(hex)) {
            throw new IllegalArgumentException(
                    "The salt s of the link has to be at most 64 bytes as hexadecimal digits, unlike "
                            + Names.quote(hex.substring(0, Math.min(80, hex.length()))) + ".");
        }
        return BString.of(HexFormat.of().parseHex(hex));
    }

    private static boolean isHex(String text) {
        return text.chars().allMatch(c -> c < 128 && Character.digit(c, 16) >= 0);
    }

    /**
     * The torrent that an item names, as a link with all else that this one says.
     *
     * @param value of the item: a dictionary with {@code ih}
     * @throws IllegalArgumentException with a sentence, if it names none
     */
    public MagnetLink naming(BValue value) {
        var hash = value instanceof BDict dict ? dict.string("ih") : Optional.<BString>empty();
        if (hash.isEmpty() || hash.get().length() != Sha1Hash.LENGTH) {
            throw new IllegalArgumentException(
                    "What is published under this key names no torrent: it has no infohash of 20 bytes in ih.");
        }
        var link = new StringBuilder(PREFIX)
                .append("xt=urn:btih:")
                .append(Sha1Hash.of(hash.get().toBytes()).hex());
        others.forEach(other -> link.append('&').append(other));
        return MagnetLink.parse(link.toString());
    }
}
