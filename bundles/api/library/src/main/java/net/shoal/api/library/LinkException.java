package net.shoal.api.library;

/** A link did not lead to a torrent; in words for the user. */
public final class LinkException extends Exception {
    private static final long serialVersionUID = 1L;
    private final String hint;

    /**
     * @param message what is wrong, a sentence without its full stop
     * @param hint what to do; may be empty
     */
    public LinkException(String message, String hint) {
        super(message);
        this.hint = hint;
    }

    public String hint() {
        return hint;
    }
}
