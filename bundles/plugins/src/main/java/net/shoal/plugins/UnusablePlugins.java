package net.shoal.plugins;

import java.nio.file.Path;
import java.util.List;
import net.shoal.api.node.Plugin;
import net.shoal.api.node.PluginException;
import net.shoal.api.node.PluginJars;
import net.shoal.api.node.Plugins;

/** In place of the plugins where it is not known which there are; nothing is touched, so nothing is lost. */
record UnusablePlugins(String why) implements Plugins, PluginJars {
    @Override
    public List<Plugin> list() {
        return List.of();
    }

    @Override
    public Plugin install(Path jar, Replacing replacing) throws PluginException {
        throw refusal();
    }

    @Override
    public Seen look(Path jar) throws PluginException {
        throw refusal();
    }

    @Override
    public Plugin start(String name) throws PluginException {
        throw refusal();
    }

    @Override
    public Plugin stop(String name) throws PluginException {
        throw refusal();
    }

    @Override
    public List<Path> remove(String name, boolean keepSettings) throws PluginException {
        throw refusal();
    }

    private PluginException refusal() {
        return new PluginException(why, "put that right and restart the node");
    }
}
