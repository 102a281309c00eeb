package net.shoal.api.node;

import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** Every setting of every component, by {@code PID:NAME}; described by the components' own Metatype. */
@ProviderType
public interface Settings {
    /** All that are known, in the order of their keys. */
    List<Setting> list();

    Optional<Setting> find(String key);

    /**
     * Validates, saves to {@code <home>/etc/PID.cfg} and applies; an empty value goes back to the default.
     *
     * @throws IllegalArgumentException if there is no such setting or the value does not fit: what is wrong and what would be right.
     *     The running value stays
     */
    void set(String key, Optional<String> value);

    /**
     * What is wrong with the settings as they are given. Judged at the call: bundles come and go, so ask once all that are to run have
     * been started. A node with a problem of {@link Origin#COMMAND_LINE} must not run on; with others the running values stay.
     */
    List<Problem> problems();

    /**
     * A setting that is not in force.
     *
     * @param origin where it was given
     * @param message a sentence: where it stands, what is wrong and what would be right
     */
    record Problem(Origin origin, String message) {}

    /**
     * One setting.
     *
     * @param key {@code PID:NAME}
     * @param value as text; several values are separated by commas; {@code (set)} where it is secret and there is one
     */
    record Setting(String key, String value, String defaultValue, Origin origin, String description, Form form) {}

    /**
     * What a setting takes.
     *
     * @param component what the component calls itself, for people
     * @param isList several values, separated by commas
     * @param options the only values it takes; empty means any
     */
    record Form(String component, Type type, boolean isList, List<String> options) {
        public static final Form TEXT = new Form("", Type.TEXT, false, List.of());

        public Form {
            options = List.copyOf(options);
        }
    }

    /** What a single value is. */
    enum Type {
        TEXT,
        /** Never shown. */
        SECRET,
        /** A number of bytes, also with a unit. */
        BYTES,
        NUMBER,
        DECIMAL,
        TRUTH
    }

    /** Where a value comes from; the last one wins. */
    enum Origin {
        DEFAULT,
        FILE,
        COMMAND_LINE
    }
}
