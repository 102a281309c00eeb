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
import java.util.stream.Stream;
import net.shoal.api.node.Plugin;
import net.shoal.api.node.Plugin.State;
import net.shoal.api.node.PluginException;
import net.shoal.api.node.PluginJars;
import net.shoal.api.node.Plugins;
import org.osgi.framework.Version;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The plugins of this node. Changes are made one after the other, under a lock; anyone may look meanwhile. The folder knows of each step
 * before it is taken, so a node that ends in the midst of one finds its way.
 */
final class LocalPlugins implements Plugins, PluginJars {
    private static final Logger LOG = LoggerFactory.getLogger(LocalPlugins.class);
    private static final int NAMED_BY_DIGITS = 8;
    private static final int CLOSE_SECONDS = 5;

    private final PluginsFolder folder;
    private final Host host;
    private final JarLimits limits;
    private final SettingsFiles settings;
    private final Clock clock;
    private final boolean safe;
    private final PluginStarter starter;
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
        this.starter = new PluginStarter(folder, host, limits, clock, safe);
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
            folder.entries().forEach(entry -> slots.put(entry.name(), starter.load(entry)));
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

    /** Starts those that wait. */
    void startAll() {
        changing.lock();
        try {
            for (var slot : List.copyOf(slots.values())) {
                if (slot.state() == State.WAITING && !closed) {
                    slots.put(slot.entry().name(), starter.start(slot));
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
        starter.close();
        hurry.run();
        if (allStops || !changing.tryLock(CLOSE_SECONDS, TimeUnit.SECONDS)) {
            return;
        }
        try {
            for (var slot : slots.values()) {
                if (slot.loaded().isPresent()) {
                    PluginStarter.unload(slot.entry().name(), slot.loaded().get());
                }
            }
            slots.clear();
        } finally {
            changing.unlock();
        }
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
                slots.put(slot.entry().name(), starter.start(slot));
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
                var jar = read(received);
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

    private PluginJar read(Path received) throws PluginException, IOException {
        var jar = PluginJar.read(received, limits);
        if (host.isOfTheNode(jar.name())) {
            throw Refusal.of(jar.name() + " is a part of the node itself");
        }
        return jar;
    }

    @Override
    public Seen look(Path source) throws PluginException {
        return changing(() -> {
            var received = folder.receive(source);
            try {
                var jar = read(received);
                var installed = Optional.ofNullable(slots.get(jar.name()))
                        .map(slot -> slot.entry().version());
                return new Seen(
                        jar.name(), jar.version().toString(), jar.contents(), jar.lacks(host.offers()), installed);
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
        var slot = starter.waiting(entry, Optional.of(jar));
        var after = safe ? starter.held(slot) : starter.start(slot);
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
        var after = exchange(before, Entry.fresh(jar, fileName).after(before.entry()), jar, starts);
        if (starts && after.state() != State.RUNNING) {
            after.loaded().ifPresent(loaded -> PluginStarter.unload(name, loaded));
            folder.takeBack(fileName);
            var gone = before.with(Optional.<Host.Loaded>empty());
            var again = before.state() == State.RUNNING ? starter.start(gone) : gone;
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

    private Slot exchange(Slot before, Entry entry, PluginJar jar, boolean starts) throws PluginException, IOException {
        try {
            if (before.loaded().isPresent()) {
                before.loaded().get().unload();
            }
        } catch (PluginException e) {
            folder.takeBack(entry.file());
            throw e;
        }
        var slot = starter.waiting(entry, Optional.of(jar));
        return starts ? starter.start(slot) : starter.held(slot);
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
            var jar = slot.jar().isPresent() ? slot.jar().get() : starter.readUnaltered(slot.entry());
            var entry = slot.entry().withEnabled(true);
            folder.put(entry);
            var ready = new Slot(entry, Optional.of(jar), slot.loaded(), State.WAITING, "", clock.instant(), List.of());
            slots.put(name, starter.start(ready));
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
            var pids = pids(slot).toList();
            var others = slots.values().stream().flatMap(LocalPlugins::pids).toList();
            try {
                if (slot.loaded().isPresent()) {
                    slot.loaded().get().unload();
                }
            } finally {
                files.addAll(keepSettings ? settings.of(pids, others) : settings.delete(pids, others));
            }
            LOG.info("Plugin {} {} was removed", name, slot.entry().version());
            startThoseThatLacked();
            return files.stream().sorted(Comparator.naturalOrder()).toList();
        });
    }

    private static Stream<String> pids(Slot slot) {
        return slot.jar().stream().flatMap(jar -> jar.contents().settings().stream());
    }
}
