package net.shoal.ui.rpc.qbittorrent;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import net.shoal.api.node.Settings;

/** Takes every value. */
final class FakeSettings implements Settings {
    final Map<String, String> values = new TreeMap<>(Map.of("net.shoal.ui.rest:downloads", "/downloads"));

    @Override
    public List<Setting> list() {
        return values.keySet().stream().flatMap(key -> find(key).stream()).toList();
    }

    @Override
    public Optional<Setting> find(String key) {
        return Optional.ofNullable(values.get(key))
                .map(value -> new Setting(key, value, "", Origin.FILE, "", Form.TEXT));
    }

    @Override
    public void set(String key, Optional<String> value) {
        values.put(key, value.orElse(""));
    }

    @Override
    public List<Problem> problems() {
        return List.of();
    }
}
