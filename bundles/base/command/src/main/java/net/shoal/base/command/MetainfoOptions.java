package net.shoal.base.command;

import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import net.shoal.base.metainfo.CreateOptions;

/** The options that {@code share} and {@code create} have in common. */
public final class MetainfoOptions {
    private static final long LARGEST_PIECE = 1 << 30;

    private MetainfoOptions() {}

    /** @throws IllegalArgumentException if they cannot go together */
    public static CreateOptions of(Invocation invocation) {
        return new CreateOptions(
                CreateOptions.Format.valueOf(
                        invocation.value("--format").orElse("auto").toUpperCase(Locale.ROOT)),
                pieceLength(invocation),
                invocation.value("--title"),
                invocation.value("--comment"),
                invocation.value("--source"),
                invocation.has("--private"),
                invocation.values("--tracker").stream()
                        .map(url -> List.of(Values.url(url)))
                        .toList(),
                invocation.values("--web-seed").stream().map(Values::url).toList());
    }

    private static OptionalInt pieceLength(Invocation invocation) {
        var size = invocation.value("--piece-size").map(Values::size);
        if (size.isEmpty()) {
            return OptionalInt.empty();
        }
        if (size.get() > LARGEST_PIECE) {
            throw new IllegalArgumentException("--piece-size: 1GiB is the most");
        }
        return OptionalInt.of(size.get().intValue());
    }
}
