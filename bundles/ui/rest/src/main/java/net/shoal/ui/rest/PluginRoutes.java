package net.shoal.ui.rest;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import net.shoal.api.net.DownloadException;
import net.shoal.api.net.HttpUrl;
import net.shoal.api.net.WebDownload;
import net.shoal.api.node.Plugin;
import net.shoal.api.node.PluginException;
import net.shoal.api.node.PluginJars;
import net.shoal.api.node.Plugins;
import net.shoal.api.node.Plugins.Replacing;
import net.shoal.base.metainfo.SafeNames;
import org.jspecify.annotations.Nullable;

/** {@code /api/v1/plugins}. */
final class PluginRoutes {
    private static final int LONGEST_PATH = 4_096;
    private static final WebDownload.Terms TERMS = new WebDownload.Terms(
            "a plugin", "application/java-archive, */*;q=0.1", PluginOffers.LARGEST, Duration.ofMinutes(5));

    private final Parts parts;
    private final PluginOffers offers;

    /** What does the work; without the bundle for plugins there is none. */
    record Parts(Supplier<@Nullable Plugins> plugins, Supplier<@Nullable PluginJars> jars, WebDownload download) {}

    PluginRoutes(Parts parts, PluginOffers offers) {
        this.parts = parts;
        this.offers = offers;
    }

    List<Route> routes() {
        return List.of(
                new Route("GET", "/api/v1/plugins", this::list),
                new Route("POST", "/api/v1/plugins", this::install),
                new Route("POST", "/api/v1/plugins/offers", this::offer),
                new Route("POST", "/api/v1/plugins/offers/{offer}/install", this::accept),
                new Route("DELETE", "/api/v1/plugins/offers/{offer}", this::decline),
                new Route("PATCH", "/api/v1/plugins/{name}", this::change),
                new Route("DELETE", "/api/v1/plugins/{name}", this::remove));
    }

    private Plugins plugins() throws ApiException {
        return there(parts.plugins().get());
    }

    private static <T> T there(@Nullable T service) throws ApiException {
        if (service == null) {
            throw ApiException.failed("this node cannot have plugins: the bundle for that does not run", "see the log");
        }
        return service;
    }

    private void list(Exchange exchange) throws ApiException, IOException {
        exchange.json(Json.object(
                "plugins", plugins().list().stream().map(PluginRoutes::row).toList()));
    }

    private void install(Exchange exchange) throws ApiException, IOException, InterruptedException {
        var replacing = replacing(exchange);
        var plugins = plugins();
        if (exchange.isOf("application/json")) {
            var path = Folders.path("path", exchange.body("path").needed("path", LONGEST_PATH));
            try {
                exchange.json(201, row(plugins.install(path, replacing)));
            } catch (PluginException e) {
                throw failed(e);
            }
            return;
        }
        install(exchange, offers.take(keptOf(exchange).id()), replacing);
    }

    private static Replacing replacing(Exchange exchange) throws ApiException {
        return Words.parse("replace", exchange.parameter("replace").orElse("nothing"), Replacing.class);
    }

    private void install(Exchange exchange, PluginOffers.Offer offer, Replacing replacing)
            throws ApiException, IOException {
        try {
            exchange.json(201, row(plugins().install(offer.jar(), replacing)));
        } catch (PluginException e) {
            throw failed(e);
        } finally {
            offers.done(offer);
        }
    }

    private void offer(Exchange exchange) throws ApiException, IOException, InterruptedException {
        if (!exchange.isOf("application/json")) {
            exchange.json(201, row(keptOf(exchange)));
            return;
        }
        var body = exchange.body("url", "path");
        if (body.has("url") == body.has("path")) {
            throw ApiException.wrong("url", "either url or path is needed");
        }
        exchange.json(201, row(body.has("url") ? fromUrl(body) : fromPath(body)));
    }

    private PluginOffers.Offer fromUrl(Body body) throws ApiException, IOException, InterruptedException {
        var text = body.needed("url", HttpUrl.MAX_LENGTH).strip();
        return kept(text, out -> {
            try {
                parts.download().fetch(new URI(text), TERMS, out);
            } catch (URISyntaxException e) {
                throw ApiException.wrong("url", "'" + text + "' is no valid URL");
            } catch (DownloadException e) {
                throw ApiException.failed(SafeNames.forDisplay(String.valueOf(e.getMessage())), e.hint())
                        .at("url");
            }
        });
    }

    private PluginOffers.Offer fromPath(Body body) throws ApiException, IOException, InterruptedException {
        var path = Folders.path("path", body.needed("path", LONGEST_PATH));
        return kept(path.toString(), out -> {
            if (!Files.isRegularFile(path)) {
                throw ApiException.failed("there is no file " + path, "name the jar of a plugin")
                        .at("path");
            }
            Files.copy(path, out);
        });
    }

    /** What the body of the request is. */
    private PluginOffers.Offer keptOf(Exchange exchange) throws ApiException, IOException, InterruptedException {
        if (!exchange.isOf("application/java-archive")) {
            throw ApiException.of(415, "type", "a plugin is sent as application/java-archive, or named as JSON", "");
        }
        return kept("", exchange.request().getInputStream()::transferTo);
    }

    private PluginOffers.Offer kept(String from, PluginOffers.Source source)
            throws ApiException, IOException, InterruptedException {
        try {
            return offers.take(from, source, there(parts.jars().get()));
        } catch (PluginOffers.TooLargeException e) {
            throw ApiException.tooLarge(String.valueOf(e.getMessage()));
        } catch (PluginException e) {
            throw failed(e);
        }
    }

    private void accept(Exchange exchange) throws ApiException, IOException {
        var replacing = replacing(exchange);
        install(exchange, offers.take(exchange.name("offer")), replacing);
    }

    private void decline(Exchange exchange) throws ApiException {
        offers.done(offers.take(exchange.name("offer")));
        exchange.nothing();
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

    private static Object row(PluginOffers.Offer offer) {
        var seen = offer.seen();
        var row = new LinkedHashMap<String, @Nullable Object>();
        row.put("id", offer.id());
        row.put("name", seen.name());
        row.put("version", seen.version());
        row.put("from", offer.from());
        row.put("installed", seen.installed());
        row.put("lacks", seen.lacks());
        row.putAll(row(seen.contents()));
        return row;
    }

    private static Map<String, @Nullable Object> row(Plugin.Contents contents) {
        return Json.object(
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
                contents.warnings());
    }

    private static Object row(Plugin plugin) {
        var row = new LinkedHashMap<String, @Nullable Object>();
        row.put("name", plugin.name());
        row.put("version", plugin.version());
        row.put("state", plugin.state().word());
        row.put("reason", plugin.reason());
        row.put("since", plugin.since().toEpochMilli());
        row.putAll(row(plugin.contents()));
        row.put("lacks", plugin.lacks());
        row.put("services", plugin.services());
        row.put(
                "failures",
                plugin.failures().stream()
                        .map(failure -> Json.object("at", failure.at().toEpochMilli(), "message", failure.message()))
                        .toList());
        return row;
    }
}
