package net.shoal.base.model;

import java.nio.charset.StandardCharsets;
import java.util.random.RandomGenerator;

/** The 20 bytes a client names itself by towards peers and trackers (BEP 3, BEP 20). */
public record PeerId(Sha1Hash value) {
    /** A fresh id: {@code prefix} (8 ASCII characters, BEP 20, such as {@code -SH0100-}) and 12 random bytes. */
    public static PeerId random(String prefix, RandomGenerator random) {
        var bytes = new byte[Sha1Hash.LENGTH];
        random.nextBytes(bytes);
        var head = prefix.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(head, 0, bytes, 0, head.length);
        return new PeerId(Sha1Hash.of(bytes));
    }
}
