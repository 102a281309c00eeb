package net.shoal.ui.web;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The settings of the door, as they are given; checked where they are used. */
record DoorSettings(
        String listen,
        List<String> hosts,
        Duration session,
        String passwordHash,
        Optional<String> certificate,
        String certificatePassword) {
    static DoorSettings of(DoorConfig config) {
        return new DoorSettings(
                config.listen(),
                List.of(config.hosts()),
                Duration.ofHours(config.sessionHours()),
                config.passwordHash().strip(),
                Optional.of(config.certificate().strip()).filter(path -> !path.isEmpty()),
                config.certificatePassword());
    }

    /** Whether they ask for the same place, opened in the same way. */
    boolean isSamePlace(DoorSettings other) {
        return listen.equals(other.listen)
                && certificate.equals(other.certificate)
                && certificatePassword.equals(other.certificatePassword)
                && (certificate.isPresent() || hosts.equals(other.hosts));
    }
}
