package net.shoal.engine.transfer;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The plugins of one kind there are now. Whoever follows it hears of each that comes or goes. Safe for use from any thread. */
public final class Whiteboard<T> {
    private static final Logger LOG = LoggerFactory.getLogger(Whiteboard.class);

    private final CopyOnWriteArrayList<T> plugins = new CopyOnWriteArrayList<>();
    private volatile Consumer<T> onAdded = plugin -> {};
    private volatile Consumer<T> onRemoved = plugin -> {};

    public void add(T plugin) {
        plugins.add(plugin);
        onAdded.accept(plugin);
    }

    public void remove(T plugin) {
        if (plugins.remove(plugin)) {
            onRemoved.accept(plugin);
        }
    }

    void follow(Consumer<T> added, Consumer<T> removed) {
        onAdded = added;
        onRemoved = removed;
    }

    List<T> now() {
        return List.copyOf(plugins);
    }

    public boolean has(Predicate<T> which) {
        return find(which).isPresent();
    }

    public Optional<T> find(Predicate<T> which) {
        return plugins.stream().filter(which).findFirst();
    }

    /** Calls each; one that throws is named in the log and costs the others nothing. */
    void forEach(Consumer<T> call) {
        for (var plugin : plugins) {
            try {
                call.accept(plugin);
            } catch (RuntimeException e) {
                LOG.warn("{} failed", plugin.getClass().getName(), e);
            }
        }
    }
}
