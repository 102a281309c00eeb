package net.shoal.ui.rest;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import net.shoal.api.console.Contribution;
import net.shoal.api.console.Contributor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What bundles add to the console, as they come and go. */
final class Contributions {
    private static final Logger LOG = LoggerFactory.getLogger(Contributions.class);
    private static final int MOST_OF_ONE = 50;

    private final Map<Contributor, From> all = new ConcurrentHashMap<>();

    private record From(String bundle, List<Contribution> contributions) {}

    /** One that throws contributes nothing. */
    void add(Contributor contributor, String bundle) {
        try {
            var contributions = List.copyOf(contributor.contributions());
            if (contributions.size() > MOST_OF_ONE) {
                LOG.warn("{} adds more than {} things to the console; none is taken", bundle, MOST_OF_ONE);
                return;
            }
            all.put(contributor, new From(bundle, contributions));
        } catch (RuntimeException e) {
            LOG.warn("What {} adds to the console cannot be had", bundle, e);
        }
    }

    void remove(Contributor contributor) {
        all.remove(contributor);
    }

    List<Object> list() {
        return all.values().stream()
                .flatMap(from -> from.contributions().stream().map(one -> Map.entry(from.bundle(), one)))
                .sorted(Comparator.comparing((Map.Entry<String, Contribution> entry) ->
                                entry.getValue().kind())
                        .thenComparing(entry -> entry.getValue().order())
                        .thenComparing(entry -> entry.getValue().id())
                        .thenComparing(Map.Entry::getKey))
                .map(entry -> row(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static Object row(String bundle, Contribution one) {
        return Json.object(
                "id", bundle + "/" + one.id(),
                "kind", one.kind().word(),
                "title", one.title(),
                "icon", one.icon(),
                "module", one.module(),
                "element", one.element(),
                "order", (long) one.order(),
                "bundle", bundle);
    }
}
