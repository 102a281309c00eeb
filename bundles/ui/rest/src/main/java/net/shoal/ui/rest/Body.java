package net.shoal.ui.rest;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The JSON object of a request, member by member; each says what is wrong with it. */
final class Body {
    private final Map<?, ?> members;

    private Body(Map<?, ?> members) {
        this.members = members;
    }

    /** @param known names of all members there may be */
    static Body of(@Nullable Object json, Collection<String> known) throws ApiException {
        if (!(json instanceof Map<?, ?> members)) {
            throw ApiException.wrong("the request is to be a JSON object");
        }
        for (var name : members.keySet()) {
            if (!known.contains(name)) {
                throw ApiException.wrong(
                        String.valueOf(name),
                        "there is no member '" + name + "'; there is " + String.join(", ", known));
            }
        }
        return new Body(members);
    }

    boolean has(String name) {
        return members.containsKey(name);
    }

    boolean isEmpty() {
        return members.isEmpty();
    }

    boolean isNull(String name) {
        return members.containsKey(name) && members.get(name) == null;
    }

    @Nullable
    Object get(String name) {
        return members.get(name);
    }

    Optional<String> text(String name, int longest) throws ApiException {
        var value = members.get(name);
        if (value == null) {
            return Optional.empty();
        }
        if (!(value instanceof String text)) {
            throw ApiException.wrong(name, name + " is a text");
        }
        if (text.length() > longest) {
            throw ApiException.wrong(name, name + " has " + longest + " characters at most");
        }
        return Optional.of(text);
    }

    String needed(String name, int longest) throws ApiException {
        return text(name, longest)
                .filter(text -> !text.isBlank())
                .orElseThrow(() -> ApiException.wrong(name, name + " is missing"));
    }

    boolean flag(String name) throws ApiException {
        return maybeFlag(name).orElse(false);
    }

    Optional<Boolean> maybeFlag(String name) throws ApiException {
        var value = members.get(name);
        if (value == null) {
            return Optional.empty();
        }
        if (!(value instanceof Boolean truth)) {
            throw ApiException.wrong(name, name + " is true or false");
        }
        return Optional.of(truth);
    }

    OptionalLong whole(String name, long least, long most) throws ApiException {
        var value = members.get(name);
        if (value == null) {
            return OptionalLong.empty();
        }
        if (!(value instanceof Long number) || number < least || number > most) {
            throw ApiException.wrong(
                    name, name + " is a whole number from " + least + (most == Long.MAX_VALUE ? " on" : " to " + most));
        }
        return OptionalLong.of(number);
    }

    List<String> texts(String name, int most, int longest) throws ApiException {
        var texts = new ArrayList<String>();
        for (var each : list(name, most)) {
            if (!(each instanceof String text) || text.length() > longest) {
                throw ApiException.wrong(name, name + " is a list of texts");
            }
            texts.add(text);
        }
        return texts;
    }

    List<?> list(String name, int most) throws ApiException {
        var value = members.get(name);
        if (value == null) {
            return List.of();
        }
        if (!(value instanceof List<?> list) || list.size() > most) {
            throw ApiException.wrong(name, name + " is a list of at most " + most);
        }
        return list;
    }

    <E extends Enum<E>> Optional<E> choice(String name, Class<E> type) throws ApiException {
        var text = text(name, 100);
        return text.isEmpty() ? Optional.empty() : Optional.of(Words.parse(name, text.get(), type));
    }
}
