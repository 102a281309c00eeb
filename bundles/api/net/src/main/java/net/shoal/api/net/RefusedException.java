package net.shoal.api.net;

import java.io.IOException;

/** The remote speaks the language of a secure layer and will not go on all the same: with another layer it would not either. */
public final class RefusedException extends IOException {
    private static final long serialVersionUID = 1;

    public RefusedException(String message) {
        super(message);
    }
}
