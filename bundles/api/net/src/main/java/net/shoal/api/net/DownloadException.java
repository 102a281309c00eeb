package net.shoal.api.net;

/** Something could not be fetched; its message is a sentence for users. */
public final class DownloadException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String hint;

    /** @param hint what to do about it; may be empty */
    public DownloadException(String message, String hint) {
        super(message);
        this.hint = hint;
    }

    public String hint() {
        return hint;
    }
}
