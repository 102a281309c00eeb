package net.shoal.api.console;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.stream.Collectors;

/**
 * Values of the header {@value #HEADER} (CSP level 3). The door gives every answer {@link #NOTHING}; a servlet that serves something else sets
 * another one of these in its place.
 */
public final class ContentPolicy {
    public static final String HEADER = "Content-Security-Policy";

    /** For answers that are no pages: nothing may be loaded by them, nor may anybody frame them. */
    public static final String NOTHING =
            "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

    /** For what others wrote: it can run nothing, whatever it is taken for, and shares nothing with the console. */
    public static final String FOREIGN =
            "sandbox; default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'";

    private ContentPolicy() {}

    /**
     * For a page of the console: modules, styles and data of this node alone.
     *
     * @param inlineScripts the exact text of the elements {@code script} that it has inline, such as an import map: nothing else inline runs
     */
    public static String page(String... inlineScripts) {
        var hashes = Arrays.stream(inlineScripts)
                .map(script -> " 'sha256-" + sha256(script) + "'")
                .collect(Collectors.joining());
        return "default-src 'none'; script-src 'self'" + hashes
                + "; style-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; font-src 'self'; connect-src 'self';"
                + " manifest-src 'self'; worker-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none';"
                + " require-trusted-types-for 'script'; trusted-types lit-html shoal";
    }

    private static String sha256(String text) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has it
        }
    }
}
