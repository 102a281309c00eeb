package net.shoal.plugins;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import net.shoal.api.node.Plugin;
import net.shoal.api.node.Plugin.State;
import net.shoal.api.node.PluginException;
import net.shoal.api.node.Plugins;
import org.osgi.framework.Version;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The plugins of this node. Changes are made one after the other, under a lock; anyone may look meanwhile. The folder knows of each step
 * before it is taken, so a node that ends in the midst of one finds its way.
 */
final class LocalPlugins implements Plugins {
    private static final Logger LOG = LoggerFactory.getLogger(LocalPlugins.class);
    /** Failed starts in a row, after which it is not tried again unasked. */
    private static final int STRIKES = 2;

    private static final int NAMED_BY_DIGITS = 8;
    private static final int CLOSE_SECONDS = 5;

    private final PluginsFolder folder;
    private final Host host;
    private final JarLimits limits;
    private final SettingsFiles settings;
    private final Clock clock;
    private final boolean safe;
    private final ReentrantLock changing = new ReentrantLock();
    private final Map<String, Slot> slots = new ConcurrentSkipListMap<>();
    private volatile boolean closed;

    /** @param safe start none */
    LocalPlugins(PluginsFolder folder, Host host, JarLimits limits, SettingsFiles settings, Clock clock, boolean safe) {
        this.folder = folder;
        this.host = host;
        this.limits = limits;
        this.settings = settings;
        this.clock = clock;
        this.safe = safe;
    }

    @Override
    public List<Plugin> list() {
        return slots.values().stream().map(Slot::view).toList();
    }

    // ---- with the node

    /** Makes those that are to run known to the framework, so that their settings are. Nothing of them runs yet. */
    void loadAll() {
        changing.lock();
        try {
            quarantineInterrupted();
            folder.entries().forEach(entry -> slots.put(entry.name(), load(entry)));
        } finally {
            changing.unlock();
        }
    }

    /** The node ended while this one started: whether it was that, nobody knows, so the user decides. */
    private void quarantineInterrupted() {
        try {
            var interrupted = folder.interruptedStart();
            for (var entry : folder.entries()) {
                if (interrupted.isPresent() && entry.file().equals(interrupted.get())) {
                    var why = "the node ended while it started";
                    folder.put(entry.failed(clock.instant(), why).quarantined(why));
                    return;
                }
            }
            interrupted.ifPresent(file -> LOG.warn(
                    "The node ended while the plugin of {} started for the first time; the one before it is kept",
                    file));
        } catch (IOException e) {
            LOG.error("Which plugin was starting when the node ended cannot be told", e);
        }
    }

    private Slot load(Entry entry) {
        var slot = new Slot(entry, Optional.empty(), Optional.empty(), State.WAITING, "", clock.instant(), List.of());
        PluginJar jar;
        try {
            jar = readUnaltered(entry);
        } catch (PluginException e) {
            LOG.warn("Plugin {} does not run: {}", entry.name(), e.getMessage());
            return slot.in(State.FAILED, String.valueOf(e.getMessage()), clock.instant(), List.of());
        }
        var read = new Slot(entry, Optional.of(jar), Optional.empty(), State.WAITING, "", clock.instant(), List.of());
        return mayStart(read)
                .filter(may -> may.state() == State.WAITING)
                .map(this::loaded)
                .orElseGet(() -> held(read));
    }

    private PluginJar readUnaltered(Entry entry) throws PluginException {
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

    /** Nothing if it may not be started unasked. */
    private Optional<Slot> mayStart(Slot slot) {
        boolean may =
                !safe && slot.entry().enabled() && slot.entry().quarantine().isEmpty();
        return may ? Optional.of(slot) : Optional.empty();
    }

    private Slot held(Slot slot) {
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

    /** Starts those that wait. */
    void startAll() {
        changing.lock();
        try {
            for (var slot : List.copyOf(slots.values())) {
                if (slot.state() == State.WAITING && !closed) {
                    slots.put(slot.entry().name(), start(slot));
                }
            }
        } finally {
            changing.unlock();
        }
    }

    /**
     * No more changes.
     *
     * @param allStops the framework stops, and the plugins with everything else; otherwise they are unloaded
     * @param hurry ends a start that is under way
     */
    void close(boolean allStops, Runnable hurry) throws InterruptedException {
        closed = true;
        hurry.run();
        if (allStops || !changing.tryLock(CLOSE_SECONDS, TimeUnit.SECONDS)) {
            return;
        }
        try {
            for (var slot : slots.values()) {
                if (slot.loaded().isPresent()) {
                    unload(slot.entry().name(), slot.loaded().get());
                }
            }
            slots.clear();
        } finally {
            changing.unlock();
        }
    }

    private static void unload(String name, Host.Loaded loaded) {
        try {
            loaded.unload();
        } catch (PluginException e) {
            LOG.warn("Plugin {}: {}", name, e.getMessage());
        }
    }

    // ---- starting

    /** Whatever comes of it, the slot tells. */
    private Slot start(Slot slot) {
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
        if (closed) { // it was broken off, and nobody is to blame
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

    /** Others may have waited for what this change brought, or lost what it took. */
    private void startThoseThatLacked() {
        for (var slot : List.copyOf(slots.values())) {
            boolean lostSomething = slot.state() == State.RUNNING
                    && slot.loaded().filter(loaded -> !loaded.isRunning()).isPresent();
            boolean mayFind = slot.state() == State.LACKING
                    && slot.jar()
                            .filter(jar -> jar.lacks(host.offers()).isEmpty())
                            .isPresent();
            if (lostSomething || mayFind) {
                slots.put(slot.entry().name(), start(slot));
            }
        }
    }

    // ---- what users ask for

    private interface Change<T> {
        T make() throws PluginException, IOException;
    }

    private <T> T changing(Change<T> change) throws PluginException {
        changing.lock();
        try {
            if (closed) {
                throw new PluginException("the node stops", "");
            }
            return change.make();
        } catch (IOException e) {
            throw new PluginException("the folder of plugins cannot be used: " + e, "see `doctor`");
        } finally {
            changing.unlock();
        }
    }

    private Slot find(String name) throws PluginException {
        var slot = slots.get(name);
        if (slot == null) {
            throw new PluginException("there is no plugin " + name, "`plugins ls` shows those there are");
        }
        return slot;
    }

    @Override
    public Plugin install(Path source, Replacing replacing) throws PluginException {
        return changing(() -> {
            var received = folder.receive(source);
            try {
                var jar = PluginJar.read(received, limits);
                if (host.isOfTheNode(jar.name())) {
                    throw Refusal.of(jar.name() + " is a part of the node itself");
                }
                var before = Optional.ofNullable(slots.get(jar.name()));
                check(jar, before, replacing);
                var fileName = jar.name() + "-" + jar.version() + "-"
                        + jar.contents().sha256().substring(0, NAMED_BY_DIGITS) + ".jar";
                var after = before.isEmpty()
                        ? installNew(jar, received, fileName)
                        : replace(before.get(), jar, received, fileName);
                startThoseThatLacked();
                return slots.getOrDefault(jar.name(), after).view();
            } finally {
                Files.deleteIfExists(received);
            }
        });
    }

    private static void check(PluginJar jar, Optional<Slot> before, Replacing replacing) throws PluginException {
        if (before.isEmpty()) {
            if (replacing != Replacing.NOTHING) {
                throw new PluginException(
                        jar.name() + " is not installed, so it cannot be updated", "`plugins install` installs it");
            }
            return;
        }
        var entry = before.get().entry();
        var there = jar.name() + " " + entry.version() + " is installed already";
        if (replacing == Replacing.NOTHING) {
            throw new PluginException(there, "`plugins update` replaces it");
        }
        if (entry.sha256().equals(jar.contents().sha256()) && before.get().jar().isPresent()) {
            throw new PluginException(there + ", from this very jar", "there is nothing to do");
        }
        if (replacing == Replacing.OLDER && jar.version().compareTo(Version.parseVersion(entry.version())) < 0) {
            throw new PluginException(
                    there + ", which is newer than " + jar.version(),
                    "`plugins update --downgrade` takes the older one");
        }
    }

    private Slot installNew(PluginJar jar, Path received, String fileName) throws IOException {
        folder.bringIn(received, fileName);
        var entry = Entry.fresh(jar, fileName);
        folder.put(entry);
        var slot = new Slot(entry, Optional.of(jar), Optional.empty(), State.WAITING, "", clock.instant(), List.of());
        var after = safe ? held(slot) : start(slot);
        slots.put(jar.name(), after);
        return after;
    }

    /** Nothing happens to the one that runs before it is known that the other one has all it needs. */
    private Slot replace(Slot before, PluginJar jar, Path received, String fileName)
            throws PluginException, IOException {
        var name = jar.name();
        var both = name + " " + jar.version() + " is not taken, and "
                + before.entry().version() + " stays";
        boolean starts = !safe && before.entry().enabled();
        var lacks = starts ? jar.lacks(host.offers()) : List.<String>of();
        if (!lacks.isEmpty()) {
            throw new PluginException(both + ": " + String.join("; ", lacks), "nothing has changed");
        }
        folder.bringIn(received, fileName);
        var fresh = Entry.fresh(jar, fileName).after(before.entry());
        var slot = new Slot(fresh, Optional.of(jar), Optional.empty(), State.WAITING, "", clock.instant(), List.of());
        if (before.loaded().isPresent()) {
            before.loaded().get().unload();
        }
        var after = starts ? start(slot) : held(slot);
        if (starts && after.state() != State.RUNNING) {
            after.loaded().ifPresent(loaded -> unload(name, loaded));
            folder.takeBack(fileName);
            var again =
                    before.state() == State.RUNNING ? start(before.with(Optional.<Host.Loaded>empty())) : held(before);
            slots.put(name, again);
            throw new PluginException(
                    both + ": " + after.reason(),
                    again.state() == State.RUNNING
                            ? before.entry().version() + " runs again"
                            : before.entry().version() + " does not run either: " + again.reason());
        }
        folder.put(after.entry());
        slots.put(name, after);
        return after;
    }

    @Override
    public Plugin start(String name) throws PluginException {
        return changing(() -> {
            var slot = find(name);
            if (slot.state() == State.RUNNING
                    && slot.loaded().filter(Host.Loaded::isRunning).isPresent()) {
                return slot.view();
            }
            if (safe) {
                throw new PluginException(
                        "this node runs without plugins",
                        "restart it without --safe; `plugins update` and `plugins rm` work here too");
            }
            var jar = slot.jar().isPresent() ? slot.jar().get() : readUnaltered(slot.entry());
            var entry = slot.entry().withEnabled(true);
            folder.put(entry);
            var ready = new Slot(entry, Optional.of(jar), slot.loaded(), State.WAITING, "", clock.instant(), List.of());
            slots.put(name, start(ready));
            startThoseThatLacked();
            return slots.getOrDefault(name, ready).view();
        });
    }

    @Override
    public Plugin stop(String name) throws PluginException {
        return changing(() -> {
            var slot = find(name);
            var entry = slot.entry().withEnabled(false);
            folder.put(entry);
            var stopped = slot.with(entry).in(State.STOPPED, "it was stopped", clock.instant(), List.of());
            slots.put(name, stopped);
            if (slot.loaded().isPresent()) {
                slot.loaded().get().stop();
            }
            LOG.info("Plugin {} was stopped", name);
            return stopped.view();
        });
    }

    @Override
    public List<Path> remove(String name, boolean keepSettings) throws PluginException {
        return changing(() -> {
            var slot = find(name);
            folder.remove(slot.entry());
            slots.remove(name);
            var files = new ArrayList<Path>();
            var pids = slot.jar().map(jar -> jar.contents().settings()).orElse(List.of());
            try {
                if (slot.loaded().isPresent()) {
                    slot.loaded().get().unload();
                }
            } finally {
                files.addAll(keepSettings ? settings.of(pids) : settings.delete(pids));
            }
            LOG.info("Plugin {} {} was removed", name, slot.entry().version());
            startThoseThatLacked();
            return files.stream().sorted(Comparator.naturalOrder()).toList();
        });
    }
}
