package net.shoal.base.metainfo;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes magnet links in the form the strictest client reads: lower-case hex, everything else percent-encoded. */
final class MagnetWriter {
    private final StringBuilder out = new StringBuilder("magnet:?");

    String write(MagnetLink link) {
        link.hashes().v1().ifPresent(v1 -> parameter("xt", "urn:btih:" + v1.hex()));
        link.hashes().v2().ifPresent(v2 -> parameter("xt", "urn:btmh:1220" + v2.hex()));
        link.name().ifPresent(name -> parameter("dn", encode(name, "")));
        link.length().ifPresent(length -> parameter("xl", Long.toString(length)));
        link.trackers().forEach(url -> parameter("tr", encode(url.toASCIIString(), "")));
        link.webSeeds().forEach(url -> parameter("ws", encode(url.toASCIIString(), "")));
        link.peers().forEach(peer -> parameter("x.pe", encode(peer.toString(), ":[]")));
        if (!link.selectOnly().isEmpty()) {
            parameter("so", ranges(link.selectOnly()));
        }
        return out.toString();
    }

    private void parameter(String key, String value) {
        if (out.charAt(out.length() - 1) != '?') {
            out.append('&');
        }
        out.append(key).append('=').append(value);
    }

    /** BEP 53: {@code 0,2,4-6}. */
    private static String ranges(List<Integer> files) {
        var sorted = files.stream().sorted().distinct().toList();
        var ranges = new StringBuilder();
        for (int i = 0; i < sorted.size(); ) {
            int last = i;
            while (last + 1 < sorted.size() && sorted.get(last + 1) == sorted.get(last) + 1) {
                last++;
            }
            ranges.append(i == 0 ? "" : ",").append(sorted.get(i));
            if (last > i) {
                ranges.append('-').append(sorted.get(last));
            }
            i = last + 1;
        }
        return ranges.toString();
    }

    private static String encode(String text, String alsoPlain) {
        var encoded = new StringBuilder(text.length());
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            boolean plain = (c >= 'a' && c <= 'z')
                    || (c >= 'A' && c <= 'Z')
                    || (c >= '0' && c <= '9')
                    || "-._~".indexOf(c) >= 0;
            if (plain || alsoPlain.indexOf(c) >= 0) {
                encoded.append(c);
            } else {
                encoded.append("%%%02X".formatted((int) c));
            }
        }
        return encoded.toString();
    }
}
