package net.shoal.base.bencode;

/** The input is not bencode, or breaks a bound; the message says what and at which byte. */
public final class BencodeException extends Exception {
    public BencodeException(String message) {
        super(message);
    }
}
