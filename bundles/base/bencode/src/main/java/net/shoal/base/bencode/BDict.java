package net.shoal.base.bencode;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/** {@code d…e}, keys in byte order. The typed getters are empty both where the key is missing and where its value is of another type. */
public record BDict(SortedMap<BString, BValue> entries) implements BValue {
    public static final BDict EMPTY = new BDict(new TreeMap<>());

    public BDict {
        entries = Collections.unmodifiableSortedMap(new TreeMap<>(entries));
    }

    public static Builder builder() {
        return new Builder();
    }

    public Optional<BValue> get(String key) {
        return Optional.ofNullable(entries.get(BString.of(key)));
    }

    public Optional<BString> string(String key) {
        return get(key).filter(BString.class::isInstance).map(BString.class::cast);
    }

    public Optional<String> text(String key) {
        return string(key).map(BString::text);
    }

    public OptionalLong integer(String key) {
        return get(key).orElse(EMPTY) instanceof BInteger integer
                ? OptionalLong.of(integer.value())
                : OptionalLong.empty();
    }

    public Optional<BDict> dict(String key) {
        return get(key).filter(BDict.class::isInstance).map(BDict.class::cast);
    }

    public Optional<BList> list(String key) {
        return get(key).filter(BList.class::isInstance).map(BList.class::cast);
    }

    /** Collects entries in any order. */
    public static final class Builder {
        private final Map<BString, BValue> entries = new TreeMap<>();

        private Builder() {}

        public Builder put(String key, BValue value) {
            entries.put(BString.of(key), value);
            return this;
        }

        public Builder put(String key, long value) {
            return put(key, new BInteger(value));
        }

        public Builder put(String key, String text) {
            return put(key, BString.of(text));
        }

        public BDict build() {
            return new BDict(new TreeMap<>(entries));
        }
    }
}
