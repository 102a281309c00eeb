package net.shoal.itests.interop;

import java.util.Locale;

/** Kinds of metainfo. */
enum Format {
    V1,
    HYBRID,
    V2;

    /** As commands call it. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
