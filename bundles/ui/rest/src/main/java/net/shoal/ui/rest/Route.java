package net.shoal.ui.rest;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is done for one method on one path.
 *
 * @param template of the path, as in the OpenAPI document: {@code {name}} stands for one name in a path
 */
record Route(String method, String template, Handler handler) {
    /** Carries a request out. Runs on a thread of the web server, and may wait. */
    @FunctionalInterface
    interface Handler {
        void handle(Exchange exchange) throws ApiException, IOException, InterruptedException;
    }

    /** What the template's names stand for, where the path is of this form. */
    Optional<Map<String, String>> match(String path) {
        var wanted = List.of(template.split("/", -1));
        var given = List.of(path.split("/", -1));
        if (wanted.size() != given.size()) {
            return Optional.empty();
        }
        var names = new HashMap<String, String>();
        for (int i = 0; i < wanted.size(); i++) {
            var part = wanted.get(i);
            if (part.startsWith("{") && !given.get(i).isEmpty()) {
                names.put(part.substring(1, part.length() - 1), given.get(i));
            } else if (!part.equals(given.get(i))) {
                return Optional.empty();
            }
        }
        return Optional.of(names);
    }
}
