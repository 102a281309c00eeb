package net.shoal.base.metainfo;

/** What was given is no metainfo, or one that cannot be used; the message is a sentence that says why. */
public final class MetainfoException extends Exception {
    public MetainfoException(String message) {
        super(message);
    }

    public MetainfoException(String message, Throwable cause) {
        super(message, cause);
    }
}
