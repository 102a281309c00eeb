package net.shoal.ui.shell;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import net.shoal.api.node.Plugin;
import net.shoal.api.node.Plugin.State;
import net.shoal.api.node.PluginException;
import net.shoal.api.node.Plugins.Replacing;
import net.shoal.base.command.Reply;
import net.shoal.base.command.SafeText;
import net.shoal.base.command.Vocabulary;

/** {@code plugins ls}, {@code info}, {@code install}, {@code update}, {@code rm}, {@code start} and {@code stop}. */
final class PluginActions {
    private final PluginsNow now;

    PluginActions(PluginsNow now) {
        this.now = now;
    }

    Map<String, Action> byWord() {
        return Map.of(
                Vocabulary.PLUGINS_LS, this::ls,
                Vocabulary.PLUGINS_INFO, this::info,
                Vocabulary.PLUGINS_INSTALL, call -> take(call, Replacing.NOTHING),
                Vocabulary.PLUGINS_UPDATE,
                        call -> take(call, call.invocation().has("--downgrade") ? Replacing.ANY : Replacing.OLDER),
                Vocabulary.PLUGINS_RM, this::rm,
                Vocabulary.PLUGINS_START,
                        call -> started(call, ask(() -> now.get().start(name(call)))),
                Vocabulary.PLUGINS_STOP,
                        call -> call.reply(row(ask(() -> now.get().stop(name(call))))));
    }

    private static String name(Call call) {
        return call.invocation().argument(0);
    }

    private void ls(Call call) throws CommandException {
        now.get().list().forEach(plugin -> call.reply(row(plugin)));
    }

    private void info(Call call) throws CommandException {
        var found = now.get().list().stream()
                .filter(plugin -> plugin.name().equals(name(call)))
                .findFirst()
                .orElseThrow(() -> new CommandException(
                        "unknown", "there is no plugin " + name(call), "`plugins ls` shows those there are"));
        call.reply(row(found));
    }

    private void take(Call call, Replacing replacing) throws CommandException {
        var jar = call.path(call.invocation().argument(0));
        started(call, ask(() -> now.get().install(jar, replacing)));
    }

    /** Shows it, and fails where it does not run although it was asked to. */
    private static void started(Call call, Plugin plugin) throws CommandException {
        call.reply(row(plugin));
        if (plugin.state() != State.RUNNING && plugin.state() != State.HELD && plugin.state() != State.STOPPED) {
            throw new CommandException(
                    "failed",
                    plugin.name() + " is installed and does not run: " + plugin.reason(),
                    "`plugins info " + plugin.name() + "` tells more, `plugins rm " + plugin.name() + "` removes it");
        }
    }

    private void rm(Call call) throws CommandException {
        boolean keep = call.invocation().has("--keep-settings");
        var files = ask(() -> now.get().remove(name(call), keep));
        var row = new LinkedHashMap<String, Object>();
        row.put("name", name(call));
        row.put("settings_files", files.stream().map(Path::toString).toList());
        row.put("settings_kept", keep);
        call.reply(new Reply.Result(row));
    }

    private interface Question<T> {
        T ask() throws PluginException, CommandException;
    }

    private static <T> T ask(Question<T> question) throws CommandException {
        try {
            return question.ask();
        } catch (PluginException e) {
            throw new CommandException("failed", SafeText.of(String.valueOf(e.getMessage())), e.hint());
        }
    }

    private static Reply.Result row(Plugin plugin) {
        var contents = plugin.contents();
        var row = new LinkedHashMap<String, Object>();
        row.put("name", plugin.name());
        row.put("version", plugin.version());
        row.put("state", plugin.state().word());
        row.put("reason", plugin.reason());
        row.put("since", plugin.since().toString());
        row.put("title", contents.title());
        row.put("description", contents.description());
        row.put("vendor", contents.vendor());
        row.put("licence", contents.licence());
        row.put("size", contents.size());
        row.put("sha256", contents.sha256());
        row.put("signer", contents.signer());
        row.put("provides", contents.services());
        row.put("commands", contents.commands());
        row.put("packages", contents.packages());
        row.put("settings", contents.settings());
        row.put("needs", contents.needs());
        row.put("warnings", contents.warnings());
        row.put("lacks", plugin.lacks());
        row.put("services", plugin.services());
        row.put(
                "failures",
                plugin.failures().stream().map(PluginActions::failure).toList());
        return new Reply.Result(row);
    }

    private static Map<String, Object> failure(Plugin.Failure failure) {
        var row = new LinkedHashMap<String, Object>();
        row.put("at", failure.at().toString());
        row.put("message", failure.message());
        return row;
    }
}
