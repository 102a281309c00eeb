package net.shoal.ui.rest;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.shoal.api.node.Settings;
import net.shoal.api.node.Settings.Setting;

/** {@code /api/v1/settings}. */
final class SettingRoutes {
    private static final int MOST = 200;
    private static final int LARGEST = 1 << 20;

    private final Settings settings;

    SettingRoutes(Settings settings) {
        this.settings = settings;
    }

    List<Route> routes() {
        return List.of(
                new Route("GET", "/api/v1/settings", this::list), new Route("PATCH", "/api/v1/settings", this::change));
    }

    private void list(Exchange exchange) throws IOException {
        exchange.json(Json.object(
                "settings", settings.list().stream().map(SettingRoutes::row).toList(),
                "problems",
                        settings.problems().stream().map(SettingRoutes::problem).toList()));
    }

    private static Object row(Setting setting) {
        var form = setting.form();
        return Json.object(
                "key", setting.key(),
                "component", form.component(),
                "name", setting.key().substring(setting.key().indexOf(':') + 1),
                "value", form.type() == Settings.Type.SECRET ? "" : setting.value(),
                "set", !setting.value().isEmpty(),
                "default", setting.defaultValue(),
                "origin", origin(setting.origin()),
                "type", Words.of(form.type()),
                "list", form.isList(),
                "options", form.options(),
                "description", setting.description());
    }

    private static Object problem(Settings.Problem problem) {
        return Json.object("origin", origin(problem.origin()), "message", problem.message());
    }

    private static String origin(Settings.Origin origin) {
        return Words.of(origin).replace('_', ' ');
    }

    private void change(Exchange exchange) throws ApiException, IOException {
        if (!exchange.isOf("application/json")
                || !(Json.read(exchange.bytes(LARGEST)) instanceof Map<?, ?> values)
                || values.size() > MOST) {
            throw ApiException.wrong("the request is to be a JSON object: values by the keys of settings");
        }
        for (var entry : values.entrySet()) {
            set(String.valueOf(entry.getKey()), entry.getValue());
        }
        list(exchange);
    }

    private void set(String key, @org.jspecify.annotations.Nullable Object value) throws ApiException {
        if (value != null && !(value instanceof String)) {
            throw ApiException.wrong(key, "a value is a text, or null for the default");
        }
        if (settings.find(key).isEmpty()) {
            throw ApiException.unknown("there is no setting " + key, "").at(key);
        }
        try {
            settings.set(key, Optional.ofNullable((String) value));
        } catch (IllegalArgumentException e) {
            throw ApiException.failed(String.valueOf(e.getMessage()), "").at(key);
        }
    }
}
