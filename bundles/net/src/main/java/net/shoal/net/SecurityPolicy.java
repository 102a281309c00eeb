package net.shoal.net;

import java.util.Locale;
import net.shoal.api.net.SecureLayer;

/** Which secure layers may be used, in and out. */
enum SecurityPolicy {
    /**
     * What both sides can. The layers are tried in the order of service ranking, so MSE comes before plain, as with Transmission, libtorrent and
     * aria2: it costs a round trip more and hides from onlookers what is fetched; a peer that hangs up on it is dialled again in plain at
     * once. Inside MSE each side offers to go on unencrypted, so that no content is encrypted unless one side insists.
     */
    PREFER("", ""),
    REQUIRE("tls", "only authenticated, encrypted connections (TLS)"),
    MSE("mse", "only obfuscated connections (MSE with RC4)"),
    PLAIN("plain", "only plain connections");

    private final String layer;
    private final String words;

    SecurityPolicy(String layer, String words) {
        this.layer = layer;
        this.words = words;
    }

    SecureLayer.Need need() {
        return this == REQUIRE || this == MSE ? SecureLayer.Need.ENCRYPTED : SecureLayer.Need.ANY;
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
