package net.shoal.node;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.shoal.api.node.Settings;
import net.shoal.api.node.Settings.Origin;
import net.shoal.api.node.Settings.Problem;
import net.shoal.api.node.Settings.Setting;

/**
 * The settings of one component, put together: the last of default, file and command line that gives a value which fits.
 *
 * @param fileName without {@code .cfg}
 * @param fromFile the last value of the file that fitted, by name
 * @param properties for ConfigAdmin
 */
record Layers(
        String fileName,
        ComponentDescription component,
        List<Setting> settings,
        Map<String, String> fromFile,
        Map<String, Object> properties,
        List<Problem> problems) {
    private static final String HIDDEN = "(set)";

    Layers {
        settings = List.copyOf(settings);
        problems = List.copyOf(problems);
    }

    static Layers of(
            String pid,
            String fileName,
            ComponentDescription component,
            Optional<EtcFolder.Loaded> file,
            Map<String, String> commandLine,
            Optional<Layers> before) {
        return new Assembly(pid, component, file, commandLine, before).layers(fileName);
    }

    Optional<SettingDefinition> find(String name) {
        return component.find(name);
    }

    /** The properties as they would be with this value, or without one. */
    Map<String, Object> with(SettingDefinition definition, Optional<String> value) {
        var changed = new HashMap<>(properties);
        changed.remove(definition.name());
        value.map(String::strip)
                .or(definition::defaultText)
                .ifPresent(text -> changed.put(definition.name(), definition.parse(text)));
        return Map.copyOf(changed);
    }

    /** One use, one component. */
    private static final class Assembly {
        private final String pid;
        private final ComponentDescription component;
        private final Optional<EtcFolder.Loaded> file;
        private final Map<String, ConfigFile.Value> fileValues;
        private final Map<String, String> commandLine;
        private final Optional<Layers> before;
        private final List<Setting> settings = new ArrayList<>();
        private final Map<String, String> fromFile = new HashMap<>();
        private final Map<String, Object> properties = new HashMap<>();
        private final List<Problem> problems = new ArrayList<>();

        Assembly(
                String pid,
                ComponentDescription component,
                Optional<EtcFolder.Loaded> file,
                Map<String, String> commandLine,
                Optional<Layers> before) {
            this.pid = pid;
            this.component = component;
            this.file = file;
            this.fileValues = file.map(loaded -> loaded.file().values()).orElse(Map.of());
            this.commandLine = commandLine;
            this.before = before;
        }

        Layers layers(String fileName) {
            file.ifPresent(this::checkFile);
            component.settings().forEach(this::add);
            return new Layers(fileName, component, settings, Map.copyOf(fromFile), Map.copyOf(properties), problems);
        }

        private void checkFile(EtcFolder.Loaded loaded) {
            loaded.problem().ifPresent(problem -> fileProblem(loaded.path() + " " + problem));
            for (int line : loaded.file().brokenLines()) {
                fileProblem(loaded.path() + ", line " + line + ": a setting is a line KEY = VALUE");
            }
            fileValues.forEach((name, value) -> {
                if (component.find(name).isEmpty()) {
                    fileProblem(loaded.path() + ", line " + value.line() + ": there is no setting '" + name + "'"
                            + Nearest.hint(name, component.names()));
                }
            });
        }

        private void add(SettingDefinition definition) {
            var key = pid + ":" + definition.name();
            var value = definition.defaultText();
            var origin = Origin.DEFAULT;
            var ofFile = fileValue(definition);
            if (ofFile.isPresent()) {
                fromFile.put(definition.name(), ofFile.get());
                value = ofFile;
                origin = Origin.FILE;
            }
            var given = commandLine.get(key);
            if (given != null) {
                value = Optional.of(given);
                origin = Origin.COMMAND_LINE;
            }
            settings.add(setting(key, definition, value.orElse(""), origin));
            put(key, definition, value, origin);
        }

        private void put(String key, SettingDefinition definition, Optional<String> value, Origin origin) {
            try {
                value.ifPresent(text -> properties.put(definition.name(), definition.parse(text)));
            } catch (IllegalArgumentException e) {
                problems.add(new Problem(origin, key + " " + e.getMessage()));
            }
        }

        /** The value that the file gives; the one that runs where it gives a wrong one or cannot be read. */
        private Optional<String> fileValue(SettingDefinition definition) {
            if (file.flatMap(EtcFolder.Loaded::problem).isPresent()) {
                return runningFileValue(definition);
            }
            var value = fileValues.get(definition.name());
            if (value == null) {
                return Optional.empty();
            }
            try {
                definition.parse(value.text());
                return Optional.of(value.text());
            } catch (IllegalArgumentException e) {
                var where = file.map(loaded -> loaded.path() + ", line " + value.line() + ": ")
                        .orElse("");
                fileProblem(where + definition.name() + " " + e.getMessage());
                return runningFileValue(definition);
            }
        }

        private Optional<String> runningFileValue(SettingDefinition definition) {
            return before.map(layers -> layers.fromFile.get(definition.name()));
        }

        private void fileProblem(String message) {
            problems.add(new Problem(Origin.FILE, message));
        }

        private Setting setting(String key, SettingDefinition definition, String value, Origin origin) {
            boolean isSecret = definition.type() == ValueType.PASSWORD;
            var defaultText = definition.defaultText().orElse("");
            var description = definition.description();
            var shown = isSecret && !value.isEmpty() ? HIDDEN : value;
            return new Setting(key, shown, defaultText, origin, description, form(definition));
        }

        private Settings.Form form(SettingDefinition definition) {
            return new Settings.Form(
                    component.title(), definition.type().form(), definition.isList(), definition.options());
        }
    }
}
