package net.shoal.plugins;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What bundles of this node offer to others: capabilities, by namespace, each as its attributes. */
final class Offers {
    static final String PACKAGE = "osgi.wiring.package";

    private final Map<String, List<Map<String, Object>>> byNamespace = new HashMap<>();

    void add(String namespace, Map<String, Object> attributes) {
        byNamespace.computeIfAbsent(namespace, key -> new ArrayList<>()).add(attributes);
    }

    List<Map<String, Object>> in(String namespace) {
        return byNamespace.getOrDefault(namespace, List.of());
    }

    List<Map<String, Object>> packages(String name) {
        return in(PACKAGE).stream()
                .filter(attributes -> name.equals(attributes.get(PACKAGE)))
                .toList();
    }
}
