package net.shoal.engine.transfer;

/** State that a newer node has written: it is left as it is. */
final class NewerFormatException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    NewerFormatException(long format) {
        super("written by a newer Shoal (format " + format + "); run that one, or remove the file");
    }
}
