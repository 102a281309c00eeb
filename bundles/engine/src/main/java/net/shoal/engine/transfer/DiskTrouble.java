package net.shoal.engine.transfer;

import java.io.IOException;
import java.time.Instant;
import net.shoal.api.transfer.TransferState;

/** A failure of storage as the user sees it: storages say what is wrong and, behind a semicolon, what to do. */
final class DiskTrouble {
    private static final String HINT = "put it right, and the transfer goes on by itself within seconds";

    private DiskTrouble() {}

    static TransferState.Failed describe(IOException cause, Instant now) {
        var message = cause.getMessage() == null ? cause.toString() : cause.getMessage();
        int cut = message.indexOf("; ");
        return cut < 0
                ? new TransferState.Failed(message, HINT, now)
                : new TransferState.Failed(message.substring(0, cut), message.substring(cut + 2), now);
    }
}
