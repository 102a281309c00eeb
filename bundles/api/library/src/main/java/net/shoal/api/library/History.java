package net.shoal.api.library;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.osgi.annotation.versioning.ProviderType;

/** What has happened to transfers and shares, also before the node was started; the oldest is forgotten first. */
@ProviderType
public interface History {
    /**
     * The latest first.
     *
     * @param before only what is older
     * @param most how many
     */
    List<Entry> entries(Instant before, int most);

    void clear();

    /**
     * One thing that happened.
     *
     * @param id infohash in hex
     * @param name of the content at that time
     * @param size bytes, 0 where it was unknown
     * @param message why, of a failure; else empty
     */
    record Entry(Instant at, Event event, String id, String name, long size, Path path, String message) {}

    /** What happened. */
    enum Event {
        ADDED,
        /** As a share, where it lies. */
        SHARED,
        COMPLETED,
        FAILED,
        REMOVED;

        /** Lower case. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
