package net.shoal.plugins;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import net.shoal.api.node.PluginException;

/** The framework, as far as plugins are concerned. */
interface Host {
    /** True if a bundle of the node itself is called so. */
    boolean isOfTheNode(String symbolicName);

    /** What there is to import. */
    Offers offers();

    /** Makes it known to the framework; nothing of it runs yet. */
    Loaded load(PluginJar jar, Path file) throws PluginException;

    /** A plugin in the framework. */
    interface Loaded {
        /** Returns within bounds, whatever the plugin does. */
        Outcome start();

        boolean isRunning();

        /** @throws PluginException if it does not stop in time */
        void stop() throws PluginException;

        /** Stops it and lets go of all of it. @throws PluginException if it does not stop in time */
        void unload() throws PluginException;

        /** What it offers now. */
        List<String> services();

        /** What parts of it wait for, a sentence each. */
        List<String> waiting();

        /** Why a part of it does not work, although it did start. */
        Optional<String> failure();
    }

    /**
     * How a start went.
     *
     * @param reason a sentence; empty where it runs
     */
    record Outcome(Kind kind, String reason) {
        static final Outcome RUNNING = new Outcome(Kind.RUNNING, "");
    }

    /** How a start went, in a word. */
    enum Kind {
        RUNNING,
        /** It does not resolve: none of it has run. */
        LACKING,
        FAILED,
        /** It did not come back in time. */
        HUNG
    }
}
