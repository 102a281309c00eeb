package net.shoal.secure.mse;

import java.util.List;
import java.util.Optional;

/** What may follow the exchange, each a bit of {@code crypto_provide} and {@code crypto_select}. */
public enum Method {
    PLAINTEXT(1),
    RC4(2);

    private final int bit;

    Method(int bit) {
        this.bit = bit;
    }

    int bit() {
        return bit;
    }

    static int bits(List<Method> methods) {
        return methods.stream().mapToInt(Method::bit).reduce(0, (a, b) -> a | b);
    }

    /** The first of ours that is among those offered. */
    static Optional<Method> choose(List<Method> ours, int offered) {
        return ours.stream().filter(method -> (offered & method.bit) != 0).findFirst();
    }

    /** What was selected of what we offered: exactly one. */
    static Optional<Method> selected(List<Method> offered, int bits) {
        return offered.stream().filter(method -> bits == method.bit).findFirst();
    }
}
