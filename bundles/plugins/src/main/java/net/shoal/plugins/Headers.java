package net.shoal.plugins;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.jar.Manifest;

/** The main attributes of a manifest. */
record Headers(Map<String, String> byName) {
    Headers {
        byName = Map.copyOf(byName);
    }

    static Headers of(Manifest manifest) {
        var headers = new TreeMap<String, String>();
        manifest.getMainAttributes().forEach((name, value) -> headers.put(name.toString(), value.toString()));
        return new Headers(headers);
    }

    boolean has(String name) {
        return byName.containsKey(name);
    }

    Optional<String> find(String name) {
        return Optional.ofNullable(byName.get(name)).map(String::strip).filter(text -> !text.isEmpty());
    }

    String text(String name) {
        return find(name).orElse("");
    }

    List<Clause> clauses(String name) {
        return find(name).map(Clause::parse).orElse(List.of());
    }
}
