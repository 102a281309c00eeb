package net.shoal.api.node;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** Tells what a jar would be as a plugin, before anybody decides to install it ({@link Plugins#install}). */
@ProviderType
@FunctionalInterface
public interface PluginJars {
    /**
     * Looks a bundle jar through. Nothing of it is loaded, and no copy is kept. Blocks, for some tenths of a second at most.
     *
     * @throws PluginException if it would not be installed, whatever it might replace
     */
    Seen look(Path jar) throws PluginException;

    /**
     * What it is. Texts come from its manifest, and so from strangers: make them safe for where they are shown.
     *
     * @param name its Bundle-SymbolicName
     * @param lacks what it needs and this node does not have, a sentence each
     * @param installed version of the plugin of this name that is there now
     */
    record Seen(String name, String version, Plugin.Contents contents, List<String> lacks, Optional<String> installed) {
        public Seen {
            lacks = List.copyOf(lacks);
        }
    }
}
