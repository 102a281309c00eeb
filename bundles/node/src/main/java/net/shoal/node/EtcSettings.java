package net.shoal.node;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import net.shoal.api.node.Settings;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes every component's configuration of three layers: its defaults, its file, the command line. Told by its owner which components there
 * are ({@link #described}) and when to look at the files again ({@link #refresh}). A value that does not fit leaves the one that runs;
 * a component with a wrong value from the command line gets no configuration at all, since the node must not run on so.
 *
 * <p>Safe for use from any thread: one lock, which is never held while components start, as ConfigAdmin delivers on a thread of its own.
 */
final class EtcSettings implements Settings {
    private static final Logger LOG = LoggerFactory.getLogger(EtcSettings.class);

    private final EtcFolder etc;
    private final CommandLine commandLine;
    private final Configurations configurations;
    private final SettingRules rules = new SettingRules();
    /** By the bundle that brought them. */
    private final Map<Long, List<ComponentDescription>> described = new HashMap<>();
    /** By PID, or {@code FACTORY~NAME}. */
    private final Map<String, Layers> running = new TreeMap<>();

    private final Map<String, Map<String, Object>> applied = new HashMap<>();
    private Set<Problem> logged = Set.of();
    private boolean closed;

    EtcSettings(Path etc, CommandLine commandLine, Configurations configurations) {
        this.etc = new EtcFolder(etc);
        this.commandLine = commandLine;
        this.configurations = configurations;
        this.etc.refresh();
    }

    /** A bundle came, or describes its components anew. */
    synchronized void described(long bundle, Collection<ComponentDescription> components) {
        described.put(bundle, List.copyOf(components));
        applyAll();
    }

    /** A bundle went, and with it its configurations. */
    synchronized void gone(long bundle) {
        if (described.remove(bundle) != null) {
            applyAll();
        }
    }

    /** Looks at the files again; cheap when nothing changed. */
    synchronized void refresh() {
        if (etc.refresh()) {
            applyAll();
        }
    }

    SettingRules rules() {
        return rules;
    }

    /** From now on everything stays as it is: a node that stops takes no configuration away. */
    synchronized void close() {
        closed = true;
    }

    @Override
    public synchronized List<Setting> list() {
        return running.values().stream()
                .flatMap(layers -> layers.settings().stream())
                .sorted(Comparator.comparing(Setting::key))
                .toList();
    }

    @Override
    public synchronized Optional<Setting> find(String key) {
        return list().stream().filter(setting -> setting.key().equals(key)).findFirst();
    }

    @Override
    public synchronized void set(String key, Optional<String> value) {
        int colon = key.indexOf(':');
        var layers = colon < 0 ? null : running.get(key.substring(0, colon));
        var definition = layers == null ? Optional.<SettingDefinition>empty() : layers.find(key.substring(colon + 1));
        if (layers == null || definition.isEmpty()) {
            throw new IllegalArgumentException("there is no setting '" + key + "'" + Nearest.hint(key, keys()));
        }
        value.ifPresent(text -> check(key, definition.get(), text));
        rules.check(key.substring(0, colon), layers.properties(), layers.with(definition.get(), value));
        save(layers.fileName(), definition.get().name(), value.map(String::strip));
        etc.refresh();
        applyAll();
    }

    @Override
    public synchronized List<Problem> problems() {
        var problems = new ArrayList<Problem>();
        commandLine.broken().forEach(message -> problems.add(new Problem(Origin.COMMAND_LINE, message)));
        running.values().forEach(layers -> problems.addAll(layers.problems()));
        commandLine.values().keySet().stream()
                .sorted()
                .filter(key -> !keys().contains(key))
                .forEach(key -> {
                    var message = "there is no setting '" + key + "'" + Nearest.hint(key, keys());
                    problems.add(new Problem(Origin.COMMAND_LINE, message));
                });
        etc.files().forEach((name, file) -> {
            if (running.values().stream().noneMatch(layers -> layers.fileName().equals(name))) {
                var message =
                        file.path() + ": nothing here is called '" + name + "'" + Nearest.hint(name, running.keySet());
                problems.add(new Problem(Origin.FILE, message));
            }
        });
        return List.copyOf(problems);
    }

    private List<String> keys() {
        return list().stream().map(Setting::key).toList();
    }

    private static void check(String key, SettingDefinition definition, String text) {
        if (text.lines().count() > 1) {
            throw new IllegalArgumentException(key + " takes a single line");
        }
        try {
            definition.parse(text.strip());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(key + " " + e.getMessage(), e);
        }
    }

    private void save(String fileName, String name, Optional<String> value) {
        var loaded = etc.files().get(fileName);
        if (loaded != null && loaded.problem().isPresent()) {
            throw new IllegalArgumentException(
                    loaded.path() + " " + loaded.problem().get() + "; put that right first");
        }
        var file = loaded == null ? ConfigFile.EMPTY : loaded.file();
        try {
            etc.write(fileName, value.map(text -> file.with(name, text)).orElseGet(() -> file.without(name)));
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "the setting could not be saved to " + etc.pathOf(fileName) + ": " + e.getMessage(), e);
        }
    }

    private void applyAll() {
        if (closed) {
            return;
        }
        var wanted = layers();
        running.keySet().retainAll(wanted.keySet());
        running.putAll(wanted);
        for (var pid : List.copyOf(applied.keySet())) {
            if (!wanted.containsKey(pid)) {
                applied.remove(pid);
                attempt(pid, () -> configurations.delete(pid));
            }
        }
        wanted.forEach(this::apply);
        logNewProblems();
    }

    private void apply(String pid, Layers layers) {
        boolean mustNotRun = layers.problems().stream().anyMatch(problem -> problem.origin() == Origin.COMMAND_LINE);
        if (mustNotRun || same(applied.get(pid), layers.properties())) {
            return;
        }
        if (attempt(pid, () -> configurations.update(pid, layers.properties()))) {
            applied.put(pid, layers.properties());
        }
    }

    private static boolean same(@Nullable Map<String, Object> one, Map<String, Object> other) {
        return one != null
                && one.keySet().equals(other.keySet())
                && one.entrySet().stream()
                        .allMatch(entry -> Arrays.deepEquals(
                                new Object[] {entry.getValue()}, new Object[] {other.get(entry.getKey())}));
    }

    private Map<String, Layers> layers() {
        var layers = new TreeMap<String, Layers>();
        for (var components : described.values()) {
            for (var component : components) {
                if (component.isFactory()) {
                    instances(component).forEach(name -> {
                        var pid = component.pid() + "~" + name;
                        layers.put(pid, layer(pid, component.pid() + "-" + name, component));
                    });
                } else {
                    layers.put(component.pid(), layer(component.pid(), component.pid(), component));
                }
            }
        }
        return layers;
    }

    private Layers layer(String pid, String fileName, ComponentDescription component) {
        var file = Optional.ofNullable(etc.files().get(fileName));
        var before = Optional.ofNullable(running.get(pid));
        return Layers.of(pid, fileName, component, file, commandLine.values(), before);
    }

    private List<String> instances(ComponentDescription factory) {
        var prefix = factory.pid() + "-";
        return etc.files().keySet().stream()
                .filter(name -> name.startsWith(prefix) && name.length() > prefix.length())
                .map(name -> name.substring(prefix.length()))
                .toList();
    }

    private void logNewProblems() {
        var now = new HashSet<Problem>();
        running.values().forEach(layers -> now.addAll(layers.problems()));
        now.stream().filter(problem -> !logged.contains(problem)).forEach(problem -> LOG.warn("{}", problem.message()));
        logged = now;
    }

    private interface Step {
        void run() throws IOException;
    }

    private static boolean attempt(String pid, Step step) {
        try {
            step.run();
            return true;
        } catch (IOException | RuntimeException e) {
            LOG.error("The configuration of {} could not be changed", pid, e);
            return false;
        }
    }
}
