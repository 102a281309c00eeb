package net.shoal.ui.rpc.qbittorrent;

import net.shoal.api.library.FailureText;

/** A request that is not carried out: a status that programs know from qBittorrent, and a sentence. */
final class ApiException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int status;

    private ApiException(int status, String message) {
        super(message);
        this.status = status;
    }

    /** The request itself is wrong. */
    static ApiException wrong(String message) {
        return new ApiException(400, message);
    }

    static ApiException denied(String message) {
        return new ApiException(403, message);
    }

    /** There is no such thing. */
    static ApiException unknown(String message) {
        return new ApiException(404, message);
    }

    /** It was understood and cannot be done. */
    static ApiException conflict(String message) {
        return new ApiException(409, message);
    }

    /** The same, of whatever failed elsewhere. */
    static ApiException failed(Throwable thrown) {
        return FailureText.cause(thrown) instanceof ApiException known ? known : conflict(FailureText.of(thrown));
    }

    static ApiException tooLarge(String message) {
        return new ApiException(413, message);
    }

    /** A file that is not what it is to be. */
    static ApiException badFile(String message) {
        return new ApiException(415, message);
    }

    static ApiException of(int status, String message) {
        return new ApiException(status, message);
    }

    int status() {
        return status;
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
