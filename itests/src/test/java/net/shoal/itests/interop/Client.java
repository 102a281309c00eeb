package net.shoal.itests.interop;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A BitTorrent client in a network namespace. */
interface Client extends AutoCloseable {
    /** {@code HOST:PORT} where it takes peers. */
    String address();

    /**
     * Serves what lies below {@code folder}.
     *
     * @return done once it has verified everything and the tracker knows
     */
    CompletableFuture<Void> seed(Path torrent, Path folder);

    /**
     * Fetches a torrent file or a magnet link.
     *
     * @param peer to dial at once, where the client can be told
     * @return done once it has everything and has verified it
     */
    CompletableFuture<Void> get(String link, Path folder, Optional<String> peer);

    /** What it logged, for the message of a failed test. */
    String log();

    @Override
    void close();
}
