package net.shoal.api.console;

import java.net.InetAddress;
import java.time.Duration;
import org.osgi.annotation.versioning.ProviderType;

/** Who may use the node by HTTP: the password of the console, and sessions. For those who ask for them in a way of their own, see {@link OwnLogin}. */
@ProviderType
public interface Logins {
    /** False until a user has set one: then nobody can sign in by it. */
    boolean hasPassword();

    /**
     * Whether this is the password. Who is wrong five times is not listened to for an hour. Takes some 50 ms of a core, except for the right
     * one shortly after.
     *
     * @param from who asks
     */
    Answer check(InetAddress from, String password);

    /** Begins a session: the secret that a cookie is to hold. */
    String open();

    /** Whether a session is open; it goes on being so for a while. */
    boolean isOpen(String session);

    void close(String session);

    /** What comes of a password. */
    sealed interface Answer {
        record Right() implements Answer {}

        record Wrong() implements Answer {}

        /** Not looked at. */
        record Blocked(Duration rest) implements Answer {}
    }
}
