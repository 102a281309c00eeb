package net.shoal.plugins;

import net.shoal.api.node.PluginException;

/** Words for what is not taken. */
final class Refusal {
    private static final String ASK = "ask whoever made it for one that is right";

    private Refusal() {}

    /** The jar is not what a plugin's jar is. */
    static PluginException of(String why) {
        return new PluginException("it is not taken: " + why, ASK);
    }

    static PluginException of(String why, String hint) {
        return new PluginException("it is not taken: " + why, hint);
    }
}
