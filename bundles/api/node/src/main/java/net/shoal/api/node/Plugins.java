package net.shoal.api.node;

import java.nio.file.Path;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Bundles that others made: installed, replaced and removed while the node runs, and kept in {@code <home>/plugins} across restarts. All but
 * {@link #list} block while a plugin starts or stops, some seconds at most; they are carried out one after the other.
 */
@ProviderType
public interface Plugins {
    /** Those that are installed, by name. Does not block. */
    List<Plugin> list();

    /**
     * Looks a bundle jar through, before anything of it is loaded, takes a copy of it and starts that. What is new is kept even if it does not
     * start: the state of what is returned tells. What replaces another is kept only if it starts; else the other one runs on, or again.
     *
     * @throws PluginException if it is not taken
     */
    Plugin install(Path jar, Replacing replacing) throws PluginException;

    /** Starts one that was stopped, failed or is quarantined, and from now on with the node; the state of what is returned tells whether it runs. */
    Plugin start(String name) throws PluginException;

    /** Stops it, until it is started again. */
    Plugin stop(String name) throws PluginException;

    /**
     * Stops it and removes its jar. What it has stored is left where it is.
     *
     * @param keepSettings leave its files in {@code <home>/etc}
     * @return the files of settings that there were: removed, or kept
     */
    List<Path> remove(String name, boolean keepSettings) throws PluginException;

    /** What may be replaced by a plugin of the same name. */
    enum Replacing {
        /** It must be new. */
        NOTHING,
        /** It must be there, of the same version or an older one. */
        OLDER,
        /** It must be there, of whatever version. */
        ANY
    }
}
