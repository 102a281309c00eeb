package org.example.broken;

import java.util.function.Supplier;

/** A component that cannot be made. */
public final class ComponentThrows implements Supplier<String> {
    public ComponentThrows() {
        throw new UnsupportedOperationException("no camera here");
    }

    @Override
    public String get() {
        return "";
    }
}
