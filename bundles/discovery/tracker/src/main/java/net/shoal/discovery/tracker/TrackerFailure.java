package net.shoal.discovery.tracker;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import net.shoal.base.model.RemoteText;

/** An announce that came to nothing; the message says why and is safe to show. */
final class TrackerFailure extends IOException {
    /** What to make of it. */
    enum Kind {
        /** The tracker has no address of this family: nothing is wrong. */
        NO_ADDRESS,
        /** The network, or an answer that makes no sense. */
        UNREACHABLE,
        /** The tracker answered, and said no. */
        REFUSED
    }

    private final Kind kind;
    private final Optional<Duration> retryIn;

    private TrackerFailure(Kind kind, String message, Optional<Duration> retryIn) {
        super(message);
        this.kind = kind;
        this.retryIn = retryIn;
    }

    static TrackerFailure noAddress(Family family) {
        return new TrackerFailure(Kind.NO_ADDRESS, "has no " + family.label() + " address", Optional.empty());
    }

    static TrackerFailure unreachable(String message) {
        return new TrackerFailure(Kind.UNREACHABLE, RemoteText.of(message), Optional.empty());
    }

    /** @param retryIn when it wants to hear of us again (BEP 31) */
    static TrackerFailure refused(String reason, Optional<Duration> retryIn) {
        return new TrackerFailure(Kind.REFUSED, RemoteText.of(reason), retryIn);
    }

    static TrackerFailure of(Throwable problem) {
        var cause = problem;
        while (cause instanceof java.util.concurrent.CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        if (cause instanceof TrackerFailure failure) {
            return failure;
        }
        var message = cause.getMessage();
        return unreachable(
                message == null || message.isBlank() ? cause.getClass().getSimpleName() : message);
    }

    Kind kind() {
        return kind;
    }

    Optional<Duration> retryIn() {
        return retryIn;
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
