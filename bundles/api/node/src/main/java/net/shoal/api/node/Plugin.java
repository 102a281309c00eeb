package net.shoal.api.node;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * An installed plugin at one moment. Texts come from its manifest, and so from strangers: make them safe for where they are shown.
 *
 * @param name its Bundle-SymbolicName
 * @param reason why it does not run, a sentence without its full stop; empty where it runs
 * @param since when it came into this state
 * @param lacks what it needs and does not have, a sentence each; one that runs may lack services that some of its parts wait for
 * @param services what it offers at this moment, such as {@code StorageProvider (pack)}
 * @param failures the last few, the latest first
 */
public record Plugin(
        String name,
        String version,
        State state,
        String reason,
        Instant since,
        Contents contents,
        List<String> lacks,
        List<String> services,
        List<Failure> failures) {
    public Plugin {
        lacks = List.copyOf(lacks);
        services = List.copyOf(services);
        failures = List.copyOf(failures);
    }

    /** Whether it runs, else what keeps it from it. */
    public enum State {
        /** It starts with the node, and has not yet. */
        WAITING,
        RUNNING,
        /** By the user. */
        STOPPED,
        /** The node does not have what it needs. */
        LACKING,
        /** It was tried; it is tried again with the next start of the node. */
        FAILED,
        /** It failed repeatedly, or took the node with it: not started until the user says so. */
        QUARANTINED,
        /** The node runs without plugins. */
        HELD;

        /** For lists: lower case. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * What its jar says of it.
     *
     * @param title empty where it has none, as are the three that follow
     * @param size of the jar in bytes
     * @param sha256 of the jar, in hex
     * @param signer who signed it, with the fingerprint of the certificate; nobody vouches for the name
     * @param services interfaces of the services it provides
     * @param commands of the shell, {@code SCOPE:NAME}
     * @param packages it exports, with their versions
     * @param settings its configuration PIDs
     * @param needs what it imports, in words
     * @param warnings what a user should know before running it, a sentence each
     */
    public record Contents(
            String title,
            String description,
            String vendor,
            String licence,
            long size,
            String sha256,
            Optional<String> signer,
            List<String> services,
            List<String> commands,
            List<String> packages,
            List<String> settings,
            List<String> needs,
            List<String> warnings) {
        public Contents {
            services = List.copyOf(services);
            commands = List.copyOf(commands);
            packages = List.copyOf(packages);
            settings = List.copyOf(settings);
            needs = List.copyOf(needs);
            warnings = List.copyOf(warnings);
        }
    }

    /** It did not start, or broke off. */
    public record Failure(Instant at, String message) {}
}
