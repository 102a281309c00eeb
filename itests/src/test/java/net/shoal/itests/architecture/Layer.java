package net.shoal.itests.architecture;

import java.util.Set;

/** The storeys of the house; an arrow goes down only, and never from one implementation to another. */
enum Layer {
    BASE,
    API,
    IMPLEMENTATION;

    static Layer of(String path) {
        if (path.startsWith("base/")) {
            return BASE;
        }
        return path.startsWith("api/") ? API : IMPLEMENTATION;
    }

    Set<Layer> maySee() {
        return this == BASE ? Set.of(BASE) : Set.of(BASE, API);
    }
}
