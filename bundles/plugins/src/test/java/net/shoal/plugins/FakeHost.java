package net.shoal.plugins;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import net.shoal.api.node.PluginException;

/** A framework that does as it is told. */
final class FakeHost implements Host {
    final Offers offers = new Offers();
    /** {@code NAME VERSION} of those that run. */
    final List<String> running = new ArrayList<>();

    /** How a start goes, by {@code NAME VERSION}; well where nothing is said. */
    final Map<String, Supplier<Outcome>> outcomes = new HashMap<>();

    final List<String> started = new ArrayList<>();

    @Override
    public boolean isOfTheNode(String symbolicName) {
        return Set.of("org.apache.felix.scr").contains(symbolicName);
    }

    @Override
    public Offers offers() {
        return offers;
    }

    @Override
    public Loaded load(PluginJar jar, Path file) throws PluginException {
        return new InFake(jar.name() + " " + jar.version());
    }

    private final class InFake implements Loaded {
        private final String name;

        InFake(String name) {
            this.name = name;
        }

        @Override
        public Outcome start() {
            started.add(name);
            var outcome = outcomes.getOrDefault(name, () -> Outcome.RUNNING).get();
            if (outcome.kind() == Kind.RUNNING) {
                running.add(name);
            }
            return outcome;
        }

        @Override
        public boolean isRunning() {
            return running.contains(name);
        }

        @Override
        public void stop() {
            running.remove(name);
        }

        @Override
        public void unload() {
            running.remove(name);
        }

        @Override
        public List<String> services() {
            return List.of();
        }

        @Override
        public List<String> waiting() {
            return List.of();
        }

        @Override
        public Optional<String> failure() {
            return Optional.empty();
        }
    }
}
