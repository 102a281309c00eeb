package net.shoal.ui.rest;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Constants as the API writes them: lower case. */
final class Words {
    private Words() {}

    static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    static <E extends Enum<E>> E parse(String field, String word, Class<E> type) throws ApiException {
        for (var constant : type.getEnumConstants()) {
            if (of(constant).equals(word)) {
                return constant;
            }
        }
        var all = Arrays.stream(type.getEnumConstants()).map(Words::of).collect(Collectors.joining(", "));
        throw ApiException.wrong(field, field + " is one of " + all);
    }
}
