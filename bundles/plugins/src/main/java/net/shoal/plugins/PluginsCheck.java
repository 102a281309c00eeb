package net.shoal.plugins;

import net.shoal.api.node.Plugin;
import org.apache.felix.hc.api.FormattingResultLog;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Do the plugins run? */
@Component(
        service = HealthCheck.class,
        property = {HealthCheck.NAME + "=plugins", HealthCheck.TAGS + "=shoal"})
public final class PluginsCheck implements HealthCheck {
    private final PluginsComponent plugins;

    @Activate
    public PluginsCheck(@Reference PluginsComponent plugins) {
        this.plugins = plugins;
    }

    @Override
    public Result execute() {
        var log = new FormattingResultLog();
        if (!plugins.trouble().isEmpty()) {
            log.critical("No plugin runs: {}.", plugins.trouble());
            return new Result(log);
        }
        if (plugins.isSafe()) {
            log.warn("The node runs without plugins (--safe); restart it without that once the bad one is gone.");
        }
        var all = plugins.list();
        all.forEach(plugin -> report(plugin, log));
        plugins.strangers()
                .forEach(jar -> log.warn("{} is not installed; `plugins install` does it, from anywhere.", jar));
        if (all.isEmpty()) {
            log.info("No plugins are installed.");
        }
        return new Result(log);
    }

    private static void report(Plugin plugin, FormattingResultLog log) {
        var name = plugin.name() + " " + plugin.version();
        switch (plugin.state()) {
            case RUNNING -> {
                log.info("{} runs.", name);
                plugin.lacks().forEach(lack -> log.warn("{} runs, but {}.", name, lack));
            }
            case WAITING, STOPPED, HELD -> log.info("{} does not run: {}.", name, whyNot(plugin));
            case QUARANTINED ->
                log.warn(
                        "{} is quarantined: {}. `plugins update FILE` replaces it, `plugins start {}` tries it again.",
                        name,
                        plugin.reason(),
                        plugin.name());
            case LACKING, FAILED -> log.warn("{} does not run: {}.", name, plugin.reason());
        }
    }

    private static String whyNot(Plugin plugin) {
        return plugin.state() == Plugin.State.WAITING ? "it is just starting" : plugin.reason();
    }
}
