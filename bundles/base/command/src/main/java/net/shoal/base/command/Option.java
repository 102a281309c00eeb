package net.shoal.base.command;

import java.util.List;
import java.util.Optional;

/**
 * An option as data.
 *
 * @param name with its two dashes
 * @param type of its value; empty for a flag
 * @param choices the only values there are; empty where {@code type} alone decides
 */
public record Option(
        String name,
        Optional<ValueType> type,
        String placeholder,
        List<String> choices,
        boolean mayRepeat,
        String help) {
    static Option flag(String name, String help) {
        return new Option(name, Optional.empty(), "", List.of(), false, help);
    }

    static Option of(String name, ValueType type, String help) {
        return new Option(name, Optional.of(type), type.placeholder(), List.of(), false, help);
    }

    static Option choice(String name, List<String> choices, String help) {
        return new Option(name, Optional.of(ValueType.TEXT), String.join("|", choices), choices, false, help);
    }

    Option repeated() {
        return new Option(name, type, placeholder, choices, true, help);
    }

    Option shownAs(String text) {
        return new Option(name, type, text, choices, mayRepeat, help);
    }

    public boolean isFlag() {
        return type.isEmpty();
    }

    String usage() {
        return isFlag() ? name : name + " " + placeholder;
    }

    void check(String value) {
        if (!choices.isEmpty() && !choices.contains(value)) {
            throw new IllegalArgumentException("'" + value + "' is not known; it is " + Values.choice(choices));
        }
        type.ifPresent(kind -> kind.check(value));
    }
}
