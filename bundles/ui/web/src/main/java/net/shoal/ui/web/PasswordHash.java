package net.shoal.ui.web;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * A password as it is kept: Argon2id (RFC 9106) in the usual text form, {@code $argon2id$v=19$m=…,t=…,p=…$SALT$HASH}. New ones with 19 MiB,
 * two passes, one lane, which OWASP gives as enough; others up to bounds are understood.
 */
record PasswordHash(int kibibytes, int passes, int lanes, Bytes salt, Bytes hash) {
    private static final Pattern FORM = Pattern.compile(
            "\\$argon2id\\$v=19\\$m=([0-9]{1,7}),t=([0-9]{1,3}),p=([0-9]{1,2})\\$([A-Za-z0-9+/]{11,86})\\$([A-Za-z0-9+/]{22,86})");
    private static final int KIBIBYTES = 19 * 1024;
    private static final int MOST_KIBIBYTES = 64 * 1024;
    private static final int PASSES = 2;
    private static final int MOST_PASSES = 10;
    private static final int MOST_LANES = 8;
    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;

    /** Compared, and copied, as a value. */
    record Bytes(String base64) {
        static Bytes of(byte[] bytes) {
            return new Bytes(Base64.getEncoder().withoutPadding().encodeToString(bytes));
        }

        byte[] get() {
            return Base64.getDecoder().decode(base64);
        }
    }

    static PasswordHash of(String password, SecureRandom random) {
        var salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        var hash = compute(password, salt, HASH_BYTES, KIBIBYTES, PASSES, 1);
        return new PasswordHash(KIBIBYTES, PASSES, 1, Bytes.of(salt), Bytes.of(hash));
    }

    /** @throws IllegalArgumentException if it is no such text, or asks for more than is good, in words */
    static PasswordHash parse(String text) {
        var matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "a password is given as $argon2id$v=19$m=…,t=…,p=…$SALT$HASH; `shoal console --password` makes one");
        }
        var parsed = new PasswordHash(
                Integer.parseInt(matcher.group(1)),
                Integer.parseInt(matcher.group(2)),
                Integer.parseInt(matcher.group(3)),
                new Bytes(matcher.group(4)),
                new Bytes(matcher.group(5)));
        if (parsed.kibibytes > MOST_KIBIBYTES || parsed.passes > MOST_PASSES || parsed.lanes > MOST_LANES) {
            throw new IllegalArgumentException(
                    "the password asks for more than m=" + MOST_KIBIBYTES + ",t=" + MOST_PASSES + ",p=" + MOST_LANES);
        }
        if (parsed.lanes < 1 || parsed.passes < 1 || parsed.kibibytes < 8 * parsed.lanes) {
            throw new IllegalArgumentException("the password has parameters that Argon2 does not know");
        }
        return parsed;
    }

    String toText() {
        return "$argon2id$v=19$m=" + kibibytes + ",t=" + passes + ",p=" + lanes + "$" + salt.base64() + "$"
                + hash.base64();
    }

    boolean matches(String password) {
        var wanted = hash.get();
        return MessageDigest.isEqual(wanted, compute(password, salt.get(), wanted.length, kibibytes, passes, lanes));
    }

    private static byte[] compute(String password, byte[] salt, int length, int kibibytes, int passes, int lanes) {
        var generator = new Argon2BytesGenerator();
        generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withMemoryAsKB(kibibytes)
                .withIterations(passes)
                .withParallelism(lanes)
                .withSalt(salt)
                .build());
        var hash = new byte[length];
        generator.generateBytes(password.getBytes(StandardCharsets.UTF_8), hash);
        return hash;
    }
}
