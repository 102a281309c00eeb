package net.shoal.ui.console;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** The files of the console by their URL paths, each made ready to be sent when it is asked for first. */
final class Pages {
    private static final Pattern PATH = Pattern.compile("(/[a-z0-9][a-z0-9._-]{0,60}){1,6}");
    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html;charset=utf-8",
            "js", "text/javascript;charset=utf-8",
            "css", "text/css;charset=utf-8",
            "json", "application/json",
            "svg", "image/svg+xml",
            "webmanifest", "application/manifest+json");

    /** Only of what there is, and so bounded. */
    private final Map<String, Page> known = new ConcurrentHashMap<>();

    Optional<Page> find(String path) {
        var wanted = path.isEmpty() || path.equals("/") ? "/index.html" : path;
        var page = known.get(wanted);
        return page == null ? read(wanted) : Optional.of(page);
    }

    private Optional<Page> read(String path) {
        var type = TYPES.get(path.substring(path.lastIndexOf('.') + 1));
        if (type == null || !PATH.matcher(path).matches()) {
            return Optional.empty();
        }
        try (InputStream in = Pages.class.getResourceAsStream("www" + path)) {
            if (in == null) {
                return Optional.empty();
            }
            var page = Page.of(type, in.readAllBytes());
            known.put(path, page);
            return Optional.of(page);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
