package net.shoal.ui.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;
import net.shoal.api.console.Logins.Answer;
import net.shoal.api.node.StateFile;
import org.jspecify.annotations.Nullable;

/**
 * The password of the console: one that the settings give, else one that a user has set, of which a hash is kept. One is checked at a time,
 * so that whoever tries many costs no more than one's memory. Safe for use from any thread.
 */
final class Password {
    static final int SHORTEST = 10;
    private static final int LONGEST = 1_000;

    private final Path file;
    private final SecureRandom random;
    private final BackOff backOff;
    private Optional<PasswordHash> given = Optional.empty();
    private Optional<PasswordHash> kept;
    /** What was right last, by its mark with a key of this run: programs send it with every request. */
    private @Nullable String lastRight;

    private final String key;

    /** @param file that it is kept in */
    Password(Path file, SecureRandom random, BackOff backOff) throws IOException {
        this.file = file;
        this.random = random;
        this.backOff = backOff;
        this.key = new Secrets(random).next();
        try {
            this.kept = Files.exists(file)
                    ? Optional.of(PasswordHash.parse(
                            Files.readString(file, StandardCharsets.UTF_8).strip()))
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
    }

    /** @param hash of the settings; it goes before one that was set */
    synchronized void given(Optional<PasswordHash> hash) {
        given = hash;
        lastRight = null;
    }

    synchronized boolean isSet() {
        return given.isPresent() || kept.isPresent();
    }

    /** @throws IllegalArgumentException in words, if it will not do */
    synchronized void set(Optional<String> password) {
        if (given.isPresent()) {
            throw new IllegalArgumentException(
                    "the password is given by the setting " + DoorConfig.PID + ":passwordHash; change it there");
        }
        int length = password.map(String::length).orElse(SHORTEST);
        if (length < SHORTEST || length > LONGEST) {
            throw new IllegalArgumentException(
                    "a password has at least " + SHORTEST + " characters, and no more than " + LONGEST);
        }
        var hash = password.map(text -> PasswordHash.of(text, random));
        try {
            if (hash.isPresent()) {
                StateFile.replaceSecret(file, (hash.get().toText() + "\n").getBytes(StandardCharsets.UTF_8));
            } else {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the password cannot be saved to " + file + ": " + e.getMessage(), e);
        }
        kept = hash;
        lastRight = null;
    }

    synchronized Answer check(InetAddress from, String password) {
        var rest = backOff.rest(from);
        if (!rest.isZero()) {
            return new Answer.Blocked(rest);
        }
        if (password.length() <= LONGEST && isRight(password)) {
            backOff.succeeded(from);
            return new Answer.Right();
        }
        backOff.failed(from);
        return new Answer.Wrong();
    }

    private boolean isRight(String password) {
        var mark = Secrets.mark(key + password);
        if (mark.equals(lastRight)) {
            return true;
        }
        boolean right =
                given.or(() -> kept).filter(hash -> hash.matches(password)).isPresent();
        if (right) {
            lastRight = mark;
        }
        return right;
    }
}
