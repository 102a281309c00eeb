package net.shoal.api.node;

/** A plugin was not taken, or something else asked of it was not done; in words for the user. */
public final class PluginException extends Exception {
    private static final long serialVersionUID = 1L;
    private final String hint;

    /**
     * @param message what is wrong, a sentence without its full stop
     * @param hint what to do; may be empty
     */
    public PluginException(String message, String hint) {
        super(message);
        this.hint = hint;
    }

    public String hint() {
        return hint;
    }
}
