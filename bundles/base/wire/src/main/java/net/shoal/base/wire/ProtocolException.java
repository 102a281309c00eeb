package net.shoal.base.wire;

/** The remote broke the protocol: it costs it the connection. The message says how, for the debug log. */
public final class ProtocolException extends Exception {
    public ProtocolException(String message) {
        super(message);
    }
}
