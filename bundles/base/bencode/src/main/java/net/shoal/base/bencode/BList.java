package net.shoal.base.bencode;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code l…e}. Immutable; one that was read decodes its elements each time they are asked for. */
public final class BList implements BValue, Iterable<BValue> {
    public static final BList EMPTY = new BList(List.of());

    private final List<BValue> made;
    private final byte @Nullable [] source;
    private final int start;
    private final int end;

    public BList(List<? extends BValue> values) {
        this.made = List.copyOf(values);
        this.source = null;
        this.start = 0;
        this.end = 0;
    }

    BList(byte[] source, int start, int end) {
        this.made = List.of();
        this.source = source;
        this.start = start;
        this.end = end;
    }

    public static BList of(BValue... values) {
        return new BList(List.of(values));
    }

    @Override
    public Iterator<BValue> iterator() {
        return source == null ? made.iterator() : Encoded.elements(source, start);
    }

    /** All at once: iterate instead over what may be long. */
    public List<BValue> values() {
        if (source == null) {
            return made;
        }
        var values = new ArrayList<BValue>();
        forEach(values::add);
        return List.copyOf(values);
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
        return other instanceof BList that && values().equals(that.values());
    }

    @Override
    public int hashCode() {
        return values().hashCode();
    }

    @Override
    public String toString() {
        return values().toString();
    }
}
