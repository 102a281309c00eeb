package net.shoal.api.library;

import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import net.shoal.api.transfer.StorageException;

/** What failed, in words for the user. */
public final class FailureText {
    private FailureText() {}

    /** What is behind the exceptions that stages wrap theirs in. */
    public static Throwable cause(Throwable thrown) {
        var cause = thrown;
        while ((cause instanceof ExecutionException || cause instanceof CompletionException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    /** What went wrong: a sentence without its full stop. */
    public static String message(Throwable thrown) {
        var cause = cause(thrown);
        return cause.getMessage() == null ? cause.toString() : cause.getMessage();
    }

    /** What to do about it; may be empty. */
    public static String hint(Throwable thrown) {
        var cause = cause(thrown);
        if (cause instanceof LinkException link) {
            return link.hint();
        }
        return cause instanceof StorageException storage ? storage.hint() : "";
    }

    /** Both, where there is room for one text only. */
    public static String of(Throwable thrown) {
        var hint = hint(thrown);
        return hint.isEmpty() ? message(thrown) : message(thrown) + "; " + hint;
    }
}
