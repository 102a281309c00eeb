package net.shoal.node;

import java.util.List;
import java.util.Optional;

/**
 * What one component can be told.
 *
 * @param title for people
 * @param isFactory true if there may be several configurations, each made by a file {@code PID-NAME.cfg}
 */
record ComponentDescription(String pid, String title, boolean isFactory, List<SettingDefinition> settings) {
    ComponentDescription {
        settings = List.copyOf(settings);
    }

    Optional<SettingDefinition> find(String name) {
        return settings.stream().filter(setting -> setting.name().equals(name)).findFirst();
    }

    List<String> names() {
        return settings.stream().map(SettingDefinition::name).toList();
    }
}
