package net.shoal.ui.shell;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Optional;
import net.shoal.api.node.Settings;
import net.shoal.base.command.Reply;

/** {@code config ls}, {@code get} and {@code set}. */
final class ConfigActions {
    private final Settings settings;

    ConfigActions(Settings settings) {
        this.settings = settings;
    }

    void ls(Call call) {
        settings.list().forEach(setting -> call.reply(row(setting)));
    }

    void get(Call call) throws CommandException {
        call.reply(row(find(call.invocation().argument(0))));
    }

    void set(Call call) throws CommandException {
        var key = call.invocation().argument(0);
        var value = call.invocation().argument(1);
        settings.set(key, value.isEmpty() ? Optional.empty() : Optional.of(value));
        call.reply(row(find(key)));
    }

    private Settings.Setting find(String key) throws CommandException {
        return settings.find(key)
                .orElseThrow(() -> new CommandException(
                        "unknown", "there is no setting " + key, "`config ls` shows those there are"));
    }

    private static Reply.Result row(Settings.Setting setting) {
        var row = new LinkedHashMap<String, Object>();
        row.put("key", setting.key());
        row.put("value", setting.value());
        row.put("default", setting.defaultValue());
        row.put("origin", setting.origin().name().toLowerCase(Locale.ROOT).replace('_', ' '));
        row.put("description", setting.description());
        return new Reply.Result(row);
    }
}
