package net.shoal.itests.interop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import net.shoal.itests.distribution.FileTree;
import org.assertj.core.api.Assertions;
import org.awaitility.Awaitility;

/** Where interop tests meet: a private network with a tracker, served by a Shoal node, and a folder that is gone afterwards. */
final class Room implements AutoCloseable {
    static final String TRACKER = "10.77.255.1:6969";
    private static final long TRANSFER_SECONDS = 120;
    private static final int WRITTEN_SECONDS = 60;

    private final NetworkNamespace network = NetworkNamespace.create();
    private final Path folder;
    private final Client tracker;
    private final AtomicInteger names = new AtomicInteger();

    Room() throws IOException {
        folder = Files.createTempDirectory("shoal-interop");
        try {
            tracker = new ShoalClient(network, newFolder("tracker").resolve("home"), "--serve-tracker", TRACKER);
        } catch (IOException | RuntimeException e) {
            network.close();
            throw e;
        }
    }

    ShoalClient shoal(String... options) throws IOException {
        return new ShoalClient(network, newFolder("shoal").resolve("home"), options);
    }

    /**
     * A web server.
     *
     * @param rate bytes a second on each connection, 0 for no limit
     */
    Nginx nginx(Path root, long rate) throws IOException {
        return new Nginx(network, newFolder("nginx"), root, rate);
    }

    /** A command as it is run in this network. */
    List<String> inside(List<String> command) {
        return network.inside(command);
    }

    DrivenClient other(OtherClient kind, String... encryption) throws IOException {
        return new DrivenClient(kind, network, "http://" + TRACKER + "/scrape", newFolder(kind.name()), encryption);
    }

    /** A new empty folder in here. */
    Path newFolder(String name) throws IOException {
        return Files.createDirectories(folder.resolve(names.incrementAndGet() + "-" + name));
    }

    /** Has a client serve a torrent, waits for it, and for the others to fetch it whole. */
    void transfers(Client seed, Path torrent, Path content, String link, Client... leechers) throws IOException {
        await(seed.seed(torrent, content.getParent()), seed);
        var folders = new Path[leechers.length];
        var fetching = new CompletableFuture<?>[leechers.length];
        for (int i = 0; i < leechers.length; i++) {
            folders[i] = newFolder("fetched");
            fetching[i] = leechers[i].get(link, folders[i], Optional.of(seed.address()));
        }
        for (int i = 0; i < leechers.length; i++) {
            await(fetching[i], leechers[i], seed);
        }
        for (var fetched : folders) {
            awaitWritten(fetched, content);
        }
    }

    /** One fetches what another has already. */
    void fetches(Client leecher, String link, Path content, Client from) throws IOException {
        var folder = newFolder("fetched");
        await(leecher.get(link, folder, Optional.of(from.address())), leecher, from);
        awaitWritten(folder, content);
    }

    /** libtorrent says that it is complete while its last blocks are still on their way to the files. */
    private static void awaitWritten(Path folder, Path content) throws IOException {
        var expected = FileTree.of(content);
        Awaitility.await().atMost(WRITTEN_SECONDS, TimeUnit.SECONDS).untilAsserted(() -> Assertions.assertThat(
                        FileTree.of(folder.resolve(content.getFileName())))
                .isEqualTo(expected));
    }

    private void await(CompletableFuture<?> future, Client... involved) {
        try {
            future.get(TRANSFER_SECONDS, TimeUnit.SECONDS);
        } catch (Exception e) {
            var logs = Stream.concat(Stream.of(involved), Stream.of(tracker)).map(c -> c.address() + "\n" + c.log());
            throw new AssertionError("no transfer: " + e + "\n" + String.join("\n", logs.toList()), e);
        }
    }

    @Override
    public void close() throws IOException {
        tracker.close();
        network.close();
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
