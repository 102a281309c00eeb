package net.shoal.api.dht;

/** A query that was refused, or not answered. */
public final class KrpcException extends Exception {
    private static final long serialVersionUID = 1L;

    /** No answer came in time. */
    public static final int TIMEOUT = 0;

    private final int code;

    /** @param code of BEP 5, such as 203 for arguments that make no sense; {@link #TIMEOUT} for silence */
    public KrpcException(int code, String message) {
        super(message);
        this.code = code;
    }

    public int code() {
        return code;
    }
}
