package net.shoal.ui.console;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import net.shoal.api.console.ContentPolicy;

/** One file, as it is and compressed. */
final class Page {
    private static final Pattern INLINE = Pattern.compile("<script type=\"importmap\">(.*?)</script>", Pattern.DOTALL);
    private static final int TAG_BYTES = 12;

    final String type;
    /** Strong, of RFC 9110, for either form: they are told apart by {@code Vary}. */
    final String tag;
    /** {@code Content-Security-Policy}. */
    final String policy;

    private final byte[] plain;
    private final byte[] compressed;

    private Page(String type, String tag, String policy, byte[] plain, byte[] compressed) {
        this.type = type;
        this.tag = tag;
        this.policy = policy;
        this.plain = plain;
        this.compressed = compressed;
    }

    static Page of(String type, byte[] bytes) {
        return new Page(type, tag(bytes), policy(type, bytes), bytes, compress(bytes));
    }

    int length(boolean small) {
        return (small ? compressed : plain).length;
    }

    void write(boolean small, OutputStream out) throws IOException {
        out.write(small ? compressed : plain);
    }

    private static String policy(String type, byte[] bytes) {
        if (!type.startsWith("text/html")) {
            return ContentPolicy.NOTHING;
        }
        var inline = INLINE.matcher(new String(bytes, StandardCharsets.UTF_8))
                .results()
                .map(found -> found.group(1))
                .toArray(String[]::new);
        return ContentPolicy.page(inline);
    }

    private static String tag(byte[] bytes) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(bytes);
            return '"' + HexFormat.of().formatHex(digest, 0, TAG_BYTES) + '"';
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has it
        }
    }

    private static byte[] compress(byte[] bytes) {
        var out = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
