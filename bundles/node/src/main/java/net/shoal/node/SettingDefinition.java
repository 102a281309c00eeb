package net.shoal.node;

import java.lang.reflect.Array;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * One setting as its component describes it.
 *
 * @param name the key within its PID
 * @param isList several values, separated by commas
 * @param defaultText as a user would write it; absent where the component leaves it to be given
 * @param options the only values it takes; empty means any
 * @param fits says whether a single well-formed value is within the bounds
 */
record SettingDefinition(
        String name,
        ValueType type,
        boolean isList,
        Optional<String> defaultText,
        List<String> options,
        String description,
        Predicate<String> fits) {
    SettingDefinition {
        options = List.copyOf(options);
    }

    /**
     * The value that ConfigAdmin gets.
     *
     * @throws IllegalArgumentException with the end of a sentence: what it takes, and what it was given
     */
    Object parse(String text) {
        if (!isList) {
            return parseOne(text);
        }
        var values = TextList.split(text);
        var array = Array.newInstance(type.javaType(), values.size());
        for (int i = 0; i < values.size(); i++) {
            Array.set(array, i, parseOne(values.get(i)));
        }
        return array;
    }

    private Object parseOne(String text) {
        var known = option(text);
        var value = type.parse(known).orElseThrow(() -> refused(text));
        boolean isKnown = options.isEmpty() || options.contains(known);
        boolean isLeftEmpty = options.isEmpty() && text.isEmpty();
        if (!isKnown || (!isLeftEmpty && !fits.test(plain(known, value)))) {
            throw refused(text);
        }
        return value;
    }

    /** As Metatype knows it: without units. */
    private String plain(String text, Object value) {
        return type.isWhole() ? value.toString() : text;
    }

    /** Options are enum constants as a rule: people write them in lower case too. */
    private String option(String text) {
        return options.stream()
                .filter(option -> option.equals(text))
                .findFirst()
                .or(() -> options.stream()
                        .filter(option -> option.equalsIgnoreCase(text))
                        .findFirst())
                .orElse(text);
    }

    private IllegalArgumentException refused(String text) {
        return new IllegalArgumentException("takes " + words(text) + ", not '" + text + "'");
    }

    private String words(String refused) {
        var what = options.isEmpty()
                ? type.words() + bound(refused)
                : "one of " + String.join(", ", options).toLowerCase(Locale.ROOT);
        return isList ? "values separated by commas, each " + what : what;
    }

    private String bound(String refused) {
        var number = type.isWhole() ? type.parse(refused) : Optional.empty();
        if (number.isEmpty() || defaultText.isEmpty()) {
            return refused.isEmpty() || !type.isText() ? "" : " within its bounds";
        }
        var inside = isList ? TextList.split(defaultText.get()).stream().findFirst() : defaultText;
        long bad = ((Number) number.get()).longValue();
        return inside.filter(fits).map(good -> bound(Long.parseLong(good), bad)).orElse("");
    }

    /** Metatype tells whether a value is within its bounds, not what they are: the bound lies where the answer changes. */
    private String bound(long good, long bad) {
        var direction = bad > good ? " of at most " : " of at least ";
        while (bad != good + 1 && bad != good - 1) {
            long between = (good & bad) + ((good ^ bad) >> 1);
            if (fits.test(Long.toString(between))) {
                good = between;
            } else {
                bad = between;
            }
        }
        return direction + good;
    }
}
