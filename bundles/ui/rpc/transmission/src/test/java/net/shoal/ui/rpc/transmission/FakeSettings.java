package net.shoal.ui.rpc.transmission;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.shoal.api.node.Settings;

/** Takes every value, and writes down what was set. */
final class FakeSettings implements Settings {
    final Map<String, String> values = new LinkedHashMap<>(Map.ofEntries(
            Map.entry("net.shoal.ui.rest:downloads", "/downloads"),
            Map.entry("net.shoal.engine:downLimit", "0"),
            Map.entry("net.shoal.engine:upLimit", "512KiB"),
            Map.entry("net.shoal.engine:seedRatio", "0.0"),
            Map.entry("net.shoal.engine:seedIdle", "0"),
            Map.entry("net.shoal.engine:maxActiveDownloads", "5"),
            Map.entry("net.shoal.engine:maxActiveSeeds", "0"),
            Map.entry("net.shoal.engine:maxPeers", "200"),
            Map.entry("net.shoal.engine:maxConnections", "0"),
            Map.entry("net.shoal.engine:writeCache", "64"),
            Map.entry("net.shoal.engine:nightFrom", ""),
            Map.entry("net.shoal.engine:nightTo", ""),
            Map.entry("net.shoal.engine:nightDays", ""),
            Map.entry("net.shoal.engine:nightDownLimit", "0"),
            Map.entry("net.shoal.engine:nightUpLimit", "0"),
            Map.entry("net.shoal.discovery.dht:enabled", "true"),
            Map.entry("net.shoal.discovery.lsd:enabled", "true"),
            Map.entry("net.shoal.net:listen", "127.0.0.1:7716, [::1]:7716"),
            Map.entry("net.shoal.net:security", "prefer")));

    @Override
    public List<Setting> list() {
        return values.keySet().stream().map(key -> find(key).orElseThrow()).toList();
    }

    @Override
    public Optional<Setting> find(String key) {
        return Optional.ofNullable(values.get(key))
                .map(value -> new Setting(key, value, "", Origin.DEFAULT, "", Form.TEXT));
    }

    @Override
    public void set(String key, Optional<String> value) {
        if (value.filter("99999"::equals).isPresent()) {
            throw new IllegalArgumentException(key + ": 99999 is too large");
        }
        values.put(key, value.orElse(""));
    }

    @Override
    public List<Problem> problems() {
        return List.of();
    }
}
