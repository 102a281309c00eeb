package net.shoal.ui.rpc.qbittorrent;

import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/**
 * What programs have said of one transfer that the engine knows nothing of.
 *
 * @param category empty for none
 * @param tags in alphabetical order
 * @param name that they show in place of the torrent's own; empty for none
 * @param seedingMinutes after which it is to seed no more, as in {@link ShareLimits}
 * @param seededSeconds how long it has seeded; counted where there is such an end
 */
record Label(String category, List<String> tags, String name, long seedingMinutes, long seededSeconds) {
    static final Label NONE = new Label("", List.of(), "", ShareLimits.FOR_ALL, 0);

    Label {
        tags = List.copyOf(new TreeSet<>(tags));
    }

    boolean hasEnd() {
        return seedingMinutes >= 0;
    }

    Label inCategory(String now) {
        return new Label(now, tags, name, seedingMinutes, seededSeconds);
    }

    Label tagged(Collection<String> now) {
        return new Label(category, List.copyOf(now), name, seedingMinutes, seededSeconds);
    }

    Label named(String now) {
        return new Label(category, tags, now, seedingMinutes, seededSeconds);
    }

    Label seeding(long minutes, long seconds) {
        return new Label(category, tags, name, minutes, seconds);
    }
}
