package net.shoal.net;

import java.util.Locale;
import net.shoal.api.net.SecureLayer;

/** Which secure layers may be used, in and out. */
enum SecurityPolicy {
    /** The best both sides can, in the order of service ranking. */
    PREFER("", ""),
    REQUIRE("tls", "only authenticated, encrypted connections (TLS)"),
    MSE("mse", "only obfuscated connections (MSE)"),
    PLAIN("plain", "only plain connections");

    private final String layer;
    private final String words;

    SecurityPolicy(String layer, String words) {
        this.layer = layer;
        this.words = words;
    }

    boolean permits(SecureLayer candidate) {
        return this == PREFER || candidate.name().equals(layer);
    }

    /** Why there is nothing to secure a connection with. */
    String whyNone() {
        return this == PREFER
                ? "nothing that speaks the peer protocol is installed (secure/plain, for one)"
                : "security is '" + name().toLowerCase(Locale.ROOT) + "', which allows " + words
                        + ", and nothing that makes them is installed";
    }
}
