package net.shoal.base.command;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** Reads what a node has said, forgivingly: a client may be older or newer than the node. */
record Fields(Map<String, ?> map) {
    String text(String name) {
        return map.get(name) instanceof String text ? text : "";
    }

    /** Made safe for a terminal. */
    String safe(String name) {
        return SafeText.of(text(name));
    }

    long number(String name) {
        return map.get(name) instanceof Number number ? number.longValue() : 0;
    }

    OptionalLong maybeNumber(String name) {
        return map.get(name) instanceof Number number ? OptionalLong.of(number.longValue()) : OptionalLong.empty();
    }

    double real(String name) {
        return map.get(name) instanceof Number number ? number.doubleValue() : 0;
    }

    boolean is(String name) {
        return Boolean.TRUE.equals(map.get(name));
    }

    List<Fields> list(String name) {
        return map.get(name) instanceof List<?> list
                ? list.stream().filter(Map.class::isInstance).map(Fields::of).toList()
                : List.of();
    }

    List<String> texts(String name) {
        return map.get(name) instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of();
    }

    @SuppressWarnings("unchecked") // JSON objects have names for keys
    private static Fields of(Object object) {
        return new Fields((Map<String, ?>) object);
    }
}
