package net.shoal.base.bencode;

import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * {@code d…e}. Immutable; one that was read decodes its entries each time they are asked for, so take what you need once. The typed getters are
 * empty both where the key is missing and where its value is of another type.
 */
public final class BDict implements BValue, Iterable<Map.Entry<BString, BValue>> {
    public static final BDict EMPTY = new BDict(new TreeMap<>());

    private final SortedMap<BString, BValue> made;
    private final byte @Nullable [] source;
    private final int start;
    private final int end;

    public BDict(SortedMap<BString, ? extends BValue> entries) {
        this.made = Collections.unmodifiableSortedMap(new TreeMap<>(entries));
        this.source = null;
        this.start = 0;
        this.end = 0;
    }

    BDict(byte[] source, int start, int end) {
        this.made = Collections.emptySortedMap();
        this.source = source;
        this.start = start;
        this.end = end;
    }

    public static Builder builder() {
        return new Builder();
    }

    /** As they came, or in order if they were made. */
    @Override
    public Iterator<Map.Entry<BString, BValue>> iterator() {
        return source == null ? made.entrySet().iterator() : Encoded.entries(source, start);
    }

    /** All at once and in the order of their bytes: iterate instead over what may be many. */
    public SortedMap<BString, BValue> entries() {
        if (source == null) {
            return made;
        }
        var entries = new TreeMap<BString, BValue>();
        forEach(entry -> entries.put(entry.getKey(), entry.getValue()));
        return Collections.unmodifiableSortedMap(entries);
    }

    public Optional<BValue> get(String key) {
        return get(BString.of(key));
    }

    public Optional<BValue> get(BString key) {
        return source == null ? Optional.ofNullable(made.get(key)) : Encoded.find(source, start, key);
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

    @Override
    public ByteBuffer encoded() {
        return source().orElseGet(BValue.super::encoded);
    }

    Optional<ByteBuffer> source() {
        return source == null
                ? Optional.empty()
                : Optional.of(
                        ByteBuffer.wrap(source, start, end - start).slice().asReadOnlyBuffer());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof BDict that && entries().equals(that.entries());
    }

    @Override
    public int hashCode() {
        return entries().hashCode();
    }

    @Override
    public String toString() {
        return entries().toString();
    }

    /** Collects entries in any order. */
    public static final class Builder {
        private final SortedMap<BString, BValue> entries = new TreeMap<>();

        private Builder() {}

        public Builder put(BString key, BValue value) {
            entries.put(key, value);
            return this;
        }

        public Builder put(String key, BValue value) {
            return put(BString.of(key), value);
        }

        public Builder put(String key, long value) {
            return put(key, new BInteger(value));
        }

        public Builder put(String key, String text) {
            return put(key, BString.of(text));
        }

        public BDict build() {
            return new BDict(entries);
        }
    }
}
