package net.shoal.api.console;

import java.net.URI;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** There while the web console is open. */
@ProviderType
public interface ConsoleAddress {
    /** Where it is, such as {@code http://127.0.0.1:7717/}. */
    URI url();

    /** A URL that signs one browser in, once. A secret: for the terminal of the user, never for a log. */
    URI loginUrl();

    /**
     * Sets the password, or removes it. Those who are signed in stay so.
     *
     * @throws IllegalArgumentException if it is too short, or is needed, saying what would do
     */
    void setPassword(Optional<String> password);

    /**
     * Signs everybody out.
     *
     * @param but the session that stays, as its cookie has it
     */
    void signOut(Optional<String> but);
}
