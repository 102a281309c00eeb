package net.shoal.api.transfer;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** A source that does not give what it was asked for. The message is for the user: the rest of a sentence that begins with its URL. */
public final class SourceException extends IOException {
    private static final long serialVersionUID = 1L;

    /** What is to be made of it. */
    public enum Kind {
        /** It may be different later. */
        NOT_NOW,
        /** This file cannot be had there, others may. */
        NOT_THIS_FILE,
        /** It makes no sense to ask again. */
        NEVER
    }

    private final Kind kind;
    private final transient Optional<Duration> again;

    private SourceException(Kind kind, String message, Optional<Duration> again) {
        super(message);
        this.kind = kind;
        this.again = again;
    }

    public static SourceException notNow(String message) {
        return new SourceException(Kind.NOT_NOW, message, Optional.empty());
    }

    /** @param again when it wants to be asked again */
    public static SourceException notBefore(String message, Duration again) {
        return new SourceException(Kind.NOT_NOW, message, Optional.of(again));
    }

    public static SourceException notThisFile(String message) {
        return new SourceException(Kind.NOT_THIS_FILE, message, Optional.empty());
    }

    public static SourceException never(String message) {
        return new SourceException(Kind.NEVER, message, Optional.empty());
    }

    public Kind kind() {
        return kind;
    }

    public Optional<Duration> again() {
        return again;
    }

    public String reason() {
        return String.valueOf(getMessage());
    }
}
