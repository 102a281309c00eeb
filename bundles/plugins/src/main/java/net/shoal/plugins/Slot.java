package net.shoal.plugins;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import net.shoal.api.node.Plugin;
import net.shoal.api.node.Plugin.State;

/**
 * One plugin as it is now. Immutable; the next one takes its place.
 *
 * @param jar what was read of it; empty where the jar itself is not what it should be
 * @param loaded empty where the framework does not have it
 */
record Slot(
        Entry entry,
        Optional<PluginJar> jar,
        Optional<Host.Loaded> loaded,
        State state,
        String reason,
        Instant since,
        List<String> lacks) {
    private static final Plugin.Contents UNKNOWN = new Plugin.Contents(
            "", "", "", "", 0, "", Optional.empty(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of());

    Slot with(Entry changed) {
        return new Slot(changed, jar, loaded, state, reason, since, lacks);
    }

    Slot with(Optional<Host.Loaded> now) {
        return new Slot(entry, jar, now, state, reason, since, lacks);
    }

    Slot in(State now, String why, Instant at, List<String> missing) {
        return new Slot(entry, jar, loaded, now, why, at, missing);
    }

    /** What there is to tell of it. */
    Plugin view() {
        var missing = state == State.RUNNING ? loaded.map(Host.Loaded::waiting).orElse(List.of()) : lacks;
        var broken = state == State.RUNNING ? broken() : Optional.<String>empty();
        return new Plugin(
                entry.name(),
                entry.version(),
                broken.isPresent() ? State.FAILED : state,
                broken.orElse(reason),
                since,
                jar.map(PluginJar::contents).orElse(UNKNOWN),
                missing,
                loaded.map(Host.Loaded::services).orElse(List.of()),
                entry.failures());
    }

    /** It did start, and is no longer what it was. */
    private Optional<String> broken() {
        return loaded.flatMap(there -> there.isRunning()
                ? there.failure()
                : Optional.of("it was stopped, by none of the commands for plugins"));
    }
}
