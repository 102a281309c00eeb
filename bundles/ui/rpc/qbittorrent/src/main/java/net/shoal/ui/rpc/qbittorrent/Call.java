package net.shoal.ui.rpc.qbittorrent;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * What is asked for.
 *
 * @param session of who asks; empty for nobody
 * @param parameters of the query, or of a form
 */
record Call(String session, Map<String, String> parameters, List<Upload> files) {
    private static final int MOST_ITEMS = 10_000;

    Call {
        parameters = Map.copyOf(parameters);
        files = List.copyOf(files);
    }

    /** A file of a form. */
    record Upload(String name, ByteBuffer content) {}

    Optional<String> text(String name) {
        return Optional.ofNullable(parameters.get(name));
    }

    /** The text without what surrounds it, if anything is left. */
    Optional<String> word(String name) {
        return text(name).map(String::strip).filter(text -> !text.isEmpty());
    }

    String needed(String name) throws ApiException {
        return text(name).orElseThrow(() -> ApiException.wrong("the parameter '" + name + "' is missing"));
    }

    /** {@code true}, {@code True} (as .NET writes it), {@code 1}, and their opposites; what is neither is not there. */
    Optional<Boolean> flag(String name) {
        return text(name).map(text -> text.strip().toLowerCase(Locale.ROOT)).flatMap(text -> switch (text) {
            case "true", "1" -> Optional.of(true);
            case "false", "0" -> Optional.of(false);
            default -> Optional.empty();
        });
    }

    boolean isSet(String name) {
        return flag(name).orElse(false);
    }

    OptionalLong whole(String name) throws ApiException {
        var text = word(name);
        if (text.isEmpty()) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(Long.parseLong(text.get()));
        } catch (NumberFormatException e) {
            throw ApiException.wrong("'" + name + "' is a whole number, unlike '" + text.get() + "'");
        }
    }

    OptionalDouble decimal(String name) throws ApiException {
        var text = word(name);
        if (text.isEmpty()) {
            return OptionalDouble.empty();
        }
        try {
            double number = Double.parseDouble(text.get());
            if (Double.isFinite(number)) {
                return OptionalDouble.of(number);
            }
        } catch (NumberFormatException e) {
            // as said below
        }
        throw ApiException.wrong("'" + name + "' is a number, unlike '" + text.get() + "'");
    }

    /** What stands between these marks, without what is empty. */
    List<String> items(String name, String mark) throws ApiException {
        var items = Arrays.stream(text(name).orElse("").split(Pattern.quote(mark), MOST_ITEMS + 2))
                .map(String::strip)
                .filter(item -> !item.isEmpty())
                .toList();
        if (items.size() > MOST_ITEMS) {
            throw ApiException.wrong("'" + name + "' names more than " + MOST_ITEMS);
        }
        return items;
    }
}
