package net.shoal.ui.web;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What the door does with a request. */
sealed interface Verdict {
    /** @param signedInUntil absent where nobody has to be signed in */
    record Pass(Optional<Instant> signedInUntil) implements Verdict {}

    /** To the page where one signs in. */
    record SignIn() implements Verdict {}

    /**
     * @param status of HTTP
     * @param code for programs
     * @param retryAfter not before that; zero says nothing
     */
    record Refuse(int status, String code, String message, String hint, Duration retryAfter) implements Verdict {
        Refuse(int status, String code, String message, String hint) {
            this(status, code, message, hint, Duration.ZERO);
        }
    }
}
