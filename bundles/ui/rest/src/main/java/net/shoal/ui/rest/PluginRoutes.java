package net.shoal.ui.rest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import net.shoal.api.node.Plugin;
import net.shoal.api.node.PluginException;
import net.shoal.api.node.Plugins;
import net.shoal.api.node.Plugins.Replacing;
import net.shoal.base.metainfo.SafeNames;
import org.jspecify.annotations.Nullable;

/** {@code /api/v1/plugins}. */
final class PluginRoutes {
    private static final int LARGEST = 100 << 20;
    private static final int LONGEST_PATH = 4_096;

    private final Supplier<@Nullable Plugins> now;

    PluginRoutes(Supplier<@Nullable Plugins> now) {
        this.now = now;
    }

    List<Route> routes() {
        return List.of(
                new Route("GET", "/api/v1/plugins", this::list),
                new Route("POST", "/api/v1/plugins", this::install),
                new Route("PATCH", "/api/v1/plugins/{name}", this::change),
                new Route("DELETE", "/api/v1/plugins/{name}", this::remove));
    }

    private Plugins plugins() throws ApiException {
        var there = now.get();
        if (there == null) {
            throw ApiException.failed("this node cannot have plugins: the bundle for that does not run", "see the log");
        }
        return there;
    }

    private void list(Exchange exchange) throws ApiException, IOException {
        exchange.json(Json.object(
                "plugins", plugins().list().stream().map(PluginRoutes::row).toList()));
    }

    private void install(Exchange exchange) throws ApiException, IOException {
        var replacing = Words.parse("replace", exchange.parameter("replace").orElse("nothing"), Replacing.class);
        if (exchange.isOf("application/json")) {
            var path = Folders.path("path", exchange.body("path").needed("path", LONGEST_PATH));
            install(exchange, path, replacing);
            return;
        }
        if (!exchange.isOf("application/java-archive")) {
            throw ApiException.of(415, "type", "a plugin is sent as application/java-archive, or named as JSON", "");
        }
        var copy = Files.createTempFile("shoal-plugin", ".jar");
        try {
            receive(exchange, copy);
            install(exchange, copy, replacing);
        } finally {
            Files.deleteIfExists(copy);
        }
    }

    private static void receive(Exchange exchange, Path copy) throws ApiException, IOException {
        try (var out = Files.newOutputStream(copy)) {
            var in = exchange.request().getInputStream();
            var buffer = new byte[64 * 1024];
            long size = 0;
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                size += n;
                if (size > LARGEST) {
                    throw ApiException.tooLarge("a plugin has at most " + LARGEST + " bytes");
                }
                out.write(buffer, 0, n);
            }
        }
    }

    private void install(Exchange exchange, Path jar, Replacing replacing) throws ApiException, IOException {
        try {
            exchange.json(201, row(plugins().install(jar, replacing)));
        } catch (PluginException e) {
            throw failed(e);
        }
    }

    private static ApiException failed(PluginException e) {
        return ApiException.failed(SafeNames.forDisplay(String.valueOf(e.getMessage())), e.hint());
    }

    private String known(Exchange exchange) throws ApiException {
        var name = exchange.name("name");
        if (plugins().list().stream().noneMatch(plugin -> plugin.name().equals(name))) {
            throw ApiException.unknown("there is no such plugin", "");
        }
        return name;
    }

    private void change(Exchange exchange) throws ApiException, IOException {
        var name = known(exchange);
        boolean running = exchange.body("running")
                .maybeFlag("running")
                .orElseThrow(() -> ApiException.wrong("running", "running is missing"));
        try {
            exchange.json(row(running ? plugins().start(name) : plugins().stop(name)));
        } catch (PluginException e) {
            throw failed(e);
        }
    }

    private void remove(Exchange exchange) throws ApiException, IOException {
        var name = known(exchange);
        boolean keep = exchange.flag("keepSettings");
        try {
            var files = plugins().remove(name, keep);
            exchange.json(Json.object(
                    "name",
                    name,
                    "settingsFiles",
                    files.stream().map(Path::toString).toList(),
                    "settingsKept",
                    keep));
        } catch (PluginException e) {
            throw failed(e);
        }
    }

    private static Object row(Plugin plugin) {
        var contents = plugin.contents();
        return Json.object(
                "name",
                plugin.name(),
                "version",
                plugin.version(),
                "state",
                plugin.state().word(),
                "reason",
                plugin.reason(),
                "since",
                plugin.since().toEpochMilli(),
                "title",
                contents.title(),
                "description",
                contents.description(),
                "vendor",
                contents.vendor(),
                "licence",
                contents.licence(),
                "size",
                contents.size(),
                "sha256",
                contents.sha256(),
                "signer",
                contents.signer(),
                "provides",
                contents.services(),
                "commands",
                contents.commands(),
                "packages",
                contents.packages(),
                "settings",
                contents.settings(),
                "needs",
                contents.needs(),
                "warnings",
                contents.warnings(),
                "lacks",
                plugin.lacks(),
                "services",
                plugin.services(),
                "failures",
                plugin.failures().stream()
                        .map(failure -> Json.object("at", failure.at().toEpochMilli(), "message", failure.message()))
                        .toList());
    }
}
