package net.shoal.engine.transfer;

import java.io.EOFException;
import java.io.IOException;
import java.time.Instant;
import net.shoal.api.transfer.StorageException;
import net.shoal.api.transfer.TransferState;

/** A failure of storage as the user sees it. */
final class DiskTrouble {
    private static final String HINT = "put it right, and the transfer goes on by itself within seconds";

    private DiskTrouble() {}

    static TransferState.Failed describe(IOException cause, Instant now) {
        if (cause instanceof StorageException known) {
            return new TransferState.Failed(known.trouble(), String.valueOf(known.getMessage()), known.hint(), now);
        }
        if (cause instanceof EOFException) {
            return new TransferState.Failed(
                    StorageException.Trouble.CHANGED,
                    "the content is not what it was: a file has become shorter, or is gone",
                    "put it back; it is checked again within seconds",
                    now);
        }
        var message = cause.getMessage() == null ? cause.toString() : cause.getMessage();
        int cut = message.indexOf("; ");
        return cut < 0
                ? failed(message, HINT, now)
                : failed(message.substring(0, cut), message.substring(cut + 2), now);
    }

    private static TransferState.Failed failed(String reason, String hint, Instant now) {
        return new TransferState.Failed(StorageException.Trouble.IO_ERROR, reason, hint, now);
    }
}
