package net.shoal.plugins;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import net.shoal.api.node.Plugin.State;
import net.shoal.api.node.PluginException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes one plugin from its jar to where it runs, or to where it is known why not; the folder is told. Used under the lock of
 * {@link LocalPlugins}.
 */
final class PluginStarter {
    private static final Logger LOG = LoggerFactory.getLogger(PluginStarter.class);
    /** Failed starts in a row, after which it is not tried again unasked. */
    private static final int STRIKES = 2;

    private final PluginsFolder folder;
    private final Host host;
    private final JarLimits limits;
    private final Clock clock;
    private final boolean safe;
    private volatile boolean isClosed;

    /** @param safe start none */
    PluginStarter(PluginsFolder folder, Host host, JarLimits limits, Clock clock, boolean safe) {
        this.folder = folder;
        this.host = host;
        this.limits = limits;
        this.clock = clock;
        this.safe = safe;
    }

    /** From now on nobody is to blame for a start that is broken off. */
    void close() {
        isClosed = true;
    }

    /** One that was installed before; nothing of it runs yet. */
    Slot load(Entry entry) {
        try {
            var read = waiting(entry, Optional.of(readUnaltered(entry)));
            return mayStart(entry) ? loaded(read) : held(read);
        } catch (PluginException e) {
            LOG.warn("Plugin {} does not run: {}", entry.name(), e.getMessage());
            return waiting(entry, Optional.empty())
                    .in(State.FAILED, String.valueOf(e.getMessage()), clock.instant(), List.of());
        }
    }

    /** @throws PluginException if the jar is not the one that was installed */
    PluginJar readUnaltered(Entry entry) throws PluginException {
        var hint = "install it again with `plugins update`, or remove it with `plugins rm`";
        try {
            var file = folder.jar(entry);
            if (!Files.isRegularFile(file)) {
                throw new PluginException("its jar " + file + " is not there any more", hint);
            }
            var jar = PluginJar.read(file, limits);
            if (!jar.contents().sha256().equals(entry.sha256())) {
                throw new PluginException("its jar " + file + " was changed since it was installed", hint);
            }
            return jar;
        } catch (IOException e) {
            throw new PluginException("its jar cannot be read: " + e, hint);
        }
    }

    /** Unasked. */
    private boolean mayStart(Entry entry) {
        return !safe && entry.enabled() && entry.quarantine().isEmpty();
    }

    Slot waiting(Entry entry, Optional<PluginJar> jar) {
        return new Slot(entry, jar, Optional.empty(), State.WAITING, "", clock.instant(), List.of());
    }

    /** One that is not started, and why. */
    Slot held(Slot slot) {
        var entry = slot.entry();
        if (!entry.enabled()) {
            return slot.in(State.STOPPED, "it was stopped", clock.instant(), List.of());
        }
        if (!entry.quarantine().isEmpty()) {
            LOG.warn(
                    "Plugin {} is quarantined: {}; `plugins start {}` tries it again",
                    entry.name(),
                    entry.quarantine(),
                    entry.name());
            return slot.in(State.QUARANTINED, entry.quarantine(), clock.instant(), List.of());
        }
        return slot.in(State.HELD, "the node runs without plugins", clock.instant(), List.of());
    }

    private Slot loaded(Slot slot) {
        try {
            var jar = slot.jar().orElseThrow();
            return slot.with(Optional.of(host.load(jar, folder.jar(slot.entry()))));
        } catch (PluginException e) {
            LOG.warn("Plugin {} does not run: {}", slot.entry().name(), e.getMessage());
            return slot.in(State.FAILED, String.valueOf(e.getMessage()), clock.instant(), List.of());
        }
    }

    static void unload(String name, Host.Loaded loaded) {
        try {
            loaded.unload();
        } catch (PluginException e) {
            LOG.warn("Plugin {}: {}", name, e.getMessage());
        }
    }

    /** Whatever comes of it, the slot tells. */
    Slot start(Slot slot) {
        var there = slot.loaded().isPresent() ? slot : loaded(slot);
        if (there.loaded().isEmpty()) {
            return there;
        }
        var lacks = there.jar().map(jar -> jar.lacks(host.offers())).orElse(List.of());
        if (!lacks.isEmpty()) {
            LOG.warn("Plugin {} does not run: {}", slot.entry().name(), String.join("; ", lacks));
            return there.in(State.LACKING, lacks.get(0), clock.instant(), lacks);
        }
        var outcome = startMarked(there.entry(), there.loaded().get());
        return switch (outcome.kind()) {
            case RUNNING -> running(there);
            case LACKING -> there.in(State.LACKING, outcome.reason(), clock.instant(), List.of(outcome.reason()));
            case FAILED -> failed(there, outcome.reason(), there.entry().strikes() + 1 >= STRIKES);
            case HUNG -> failed(there, outcome.reason(), true);
        };
    }

    private Host.Outcome startMarked(Entry entry, Host.Loaded loaded) {
        try {
            folder.beginStart(entry.file());
        } catch (IOException e) {
            return new Host.Outcome(Host.Kind.FAILED, "the folder of plugins cannot be written to: " + e);
        }
        try {
            return loaded.start();
        } finally {
            try {
                folder.endStart();
            } catch (IOException e) {
                LOG.error("It stays written that plugin {} is starting", entry.name(), e);
            }
        }
    }

    private Slot running(Slot slot) {
        LOG.info("Plugin {} {} runs", slot.entry().name(), slot.entry().version());
        return remembered(slot.with(slot.entry().started())).in(State.RUNNING, "", clock.instant(), List.of());
    }

    private Slot failed(Slot slot, String reason, boolean isLast) {
        if (isClosed) { // it was broken off, and nobody is to blame
            return slot;
        }
        slot.loaded().ifPresent(loaded -> unload(slot.entry().name(), loaded));
        var failed = slot.entry().failed(clock.instant(), reason);
        var entry = isLast ? failed.quarantined(reason) : failed;
        LOG.warn("Plugin {} {}: {}", entry.name(), isLast ? "is quarantined" : "does not run", reason);
        return remembered(slot.with(Optional.<Host.Loaded>empty()).with(entry))
                .in(isLast ? State.QUARANTINED : State.FAILED, reason, clock.instant(), List.of());
    }

    /** Only what is installed is written down: a replacement that is being tried is not yet. */
    private Slot remembered(Slot slot) {
        var known = folder.find(slot.entry().name());
        if (known.isPresent()
                && known.get().file().equals(slot.entry().file())
                && !known.get().equals(slot.entry())) {
            try {
                folder.put(slot.entry());
            } catch (IOException e) {
                LOG.error(
                        "What became of plugin {} cannot be written down",
                        slot.entry().name(),
                        e);
            }
        }
        return slot;
    }
}
