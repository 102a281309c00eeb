package net.shoal.base.wire;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import net.shoal.base.model.PeerId;

/**
 * What client a peer id names (BEP 20). Most begin like {@code -TR4060-}: two letters for the client, four characters for its version. The
 * list holds what is met in the wild; who is not on it is shown by the letters.
 */
public final class ClientName {
    private static final Map<String, String> CLIENTS = Map.ofEntries(
            Map.entry("SH", "Shoal"),
            Map.entry("7T", "aTorrent"),
            Map.entry("AG", "Ares"),
            Map.entry("AZ", "Vuze"),
            Map.entry("BC", "BitComet"),
            Map.entry("BG", "BTGetit"),
            Map.entry("BI", "BiglyBT"),
            Map.entry("BL", "BitLord"),
            Map.entry("BN", "Baidu Netdisk"),
            Map.entry("BR", "BitRocket"),
            Map.entry("BT", "BitTorrent"),
            Map.entry("CD", "Enhanced CTorrent"),
            Map.entry("CT", "CTorrent"),
            Map.entry("DE", "Deluge"),
            Map.entry("FD", "Free Download Manager"),
            Map.entry("FL", "Folx"),
            Map.entry("FW", "FrostWire"),
            Map.entry("GT", "anacrolix/torrent"),
            Map.entry("JT", "JavaTorrent"),
            Map.entry("KG", "KGet"),
            Map.entry("KT", "KTorrent"),
            Map.entry("LP", "Lphant"),
            Map.entry("LT", "libtorrent"),
            Map.entry("lt", "rTorrent"),
            Map.entry("LW", "LimeWire"),
            Map.entry("MG", "MediaGet"),
            Map.entry("MO", "MonoTorrent"),
            Map.entry("MR", "Miro"),
            Map.entry("OS", "OneSwarm"),
            Map.entry("PC", "CacheLogic"),
            Map.entry("PI", "PicoTorrent"),
            Map.entry("qB", "qBittorrent"),
            Map.entry("RN", "rain"),
            Map.entry("rQ", "rqbit"),
            Map.entry("SD", "Thunder"),
            Map.entry("SZ", "Shareaza"),
            Map.entry("TB", "Torch"),
            Map.entry("TL", "Tribler"),
            Map.entry("TR", "Transmission"),
            Map.entry("TX", "Tixati"),
            Map.entry("UM", "µTorrent Mac"),
            Map.entry("UT", "µTorrent"),
            Map.entry("UW", "µTorrent Web"),
            Map.entry("VG", "Vagaa"),
            Map.entry("WD", "WebTorrent Desktop"),
            Map.entry("WT", "BitLet"),
            Map.entry("WW", "WebTorrent"),
            Map.entry("XL", "Xunlei"),
            Map.entry("XX", "Xtorrent"));

    private ClientName() {}

    /** Such as {@code Transmission 4.0.6}, {@code XY 1.2.3} for one not on the list, {@code unknown} for an id of another style. */
    public static String of(PeerId id) {
        var text = new String(id.value().toBytes(), StandardCharsets.ISO_8859_1);
        return azureusStyle(text).or(() -> dashed(text)).orElse("unknown");
    }

    /** At most {@code max} characters of {@code text}, without those that move a terminal's cursor, hide or reorder what is shown. */
    static String printable(String text, int max) {
        var out = new StringBuilder();
        text.codePoints().limit(max).filter(ClientName::isPrintable).forEach(out::appendCodePoint);
        return out.toString().strip();
    }

    private static boolean isPrintable(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> codePoint != 0xfffd;
        };
    }

    private static Optional<String> azureusStyle(String id) {
        if (id.charAt(0) != '-'
                || id.charAt(7) != '-'
                || !id.substring(1, 7).chars().allMatch(ClientName::isSafe)) {
            return Optional.empty();
        }
        var code = id.substring(1, 3);
        return Optional.of(CLIENTS.getOrDefault(code, code) + version(code, id.substring(3, 7)));
    }

    /** Each character is a number, from 0 to 9 and on with letters; the last one is seldom part of what people know. */
    private static String version(String code, String digits) {
        int major = Character.digit(digits.charAt(0), 36);
        int minor = Character.digit(digits.charAt(1), 36);
        int patch = Character.digit(digits.charAt(2), 36);
        int last = Character.digit(digits.charAt(3), 36);
        if (major < 0 || minor < 0 || patch < 0) {
            return "";
        }
        if (code.equals("TR") && major < 4) {
            return " " + major + "." + minor + patch;
        }
        var version = " " + major + "." + minor + "." + patch;
        return last > 0 && !code.equals("TR") ? version + "." + last : version;
    }

    /** {@code M7-11-3--} of the first client, {@code A2-1-36-0-} of aria2. */
    private static Optional<String> dashed(String id) {
        if (id.startsWith("A2-")) {
            return Optional.of("aria2" + numbers(id.substring(3)));
        }
        if (id.charAt(0) == 'M' && Character.isDigit(id.charAt(1))) {
            return Optional.of("BitTorrent" + numbers(id.substring(1)));
        }
        return Optional.empty();
    }

    private static String numbers(String text) {
        var out = new StringBuilder();
        for (var part : text.split("-", 4)) {
            if (part.isEmpty() || part.length() > 3 || !part.chars().allMatch(Character::isDigit)) {
                break;
            }
            out.append(out.isEmpty() ? " " : ".").append(part);
        }
        return out.toString();
    }

    private static boolean isSafe(int c) {
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '~' || c == '+';
    }
}
