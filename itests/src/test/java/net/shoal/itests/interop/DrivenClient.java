package net.shoal.itests.interop;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import net.shoal.itests.distribution.Running;
import org.jspecify.annotations.Nullable;

/** A real client behind its Python driver (see {@code driver.py}), which ends with our end of its standard input. */
final class DrivenClient implements Client {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int PORT = 6881;

    private final String host;
    private final String scrape;
    private final Path state;
    private final Process process;
    private final Writer orders;
    private final CompletableFuture<Void> up = new CompletableFuture<>();
    private CompletableFuture<Void> doing = up;
    private volatile String lastMessage = "";

    /** @param encryption as the driver calls it, or nothing for what it has by default */
    DrivenClient(OtherClient kind, NetworkNamespace network, String scrape, Path state, String... encryption)
            throws IOException {
        this(kind, network, network.newAddress(), scrape, state, List.of(), encryption);
    }

    /** One at this address that finds peers on the local network alone. */
    static DrivenClient byLsd(OtherClient kind, NetworkNamespace network, String host, Path state) throws IOException {
        return new DrivenClient(kind, network, host, "", state, List.of("env", "SHOAL_LSD=1"));
    }

    /**
     * One at this address that finds peers in the DHT alone.
     *
     * @param entry {@code HOST:PORT} of a node
     */
    static DrivenClient inDht(OtherClient kind, NetworkNamespace network, String host, Path state, String entry)
            throws IOException {
        return new DrivenClient(kind, network, host, "", state, List.of("env", "SHOAL_DHT=" + entry));
    }

    private DrivenClient(
            OtherClient kind,
            NetworkNamespace network,
            String host,
            String scrape,
            Path state,
            List<String> environment,
            String... encryption)
            throws IOException {
        kind.require();
        this.host = host;
        this.scrape = scrape;
        this.state = Files.createDirectories(state);
        var command = new ArrayList<>(environment);
        command.addAll(Programs.script(kind.driver()));
        command.addAll(List.of(host, String.valueOf(PORT), state.toString()));
        command.addAll(List.of(encryption));
        process = Running.start(new ProcessBuilder(network.inside(command))
                .redirectError(state.resolve("driver.log").toFile()));
        orders = process.outputWriter(StandardCharsets.UTF_8);
        var listener = new Thread(this::listen, kind + " driver");
        listener.setDaemon(true);
        listener.start();
        up.join();
    }

    @Override
    public String address() {
        return host + ":" + PORT;
    }

    @Override
    public CompletableFuture<Void> seed(Path torrent, Path folder) {
        return order(Map.of("op", "seed", "torrent", torrent.toString(), "dir", folder.toString(), "scrape", scrape));
    }

    @Override
    public CompletableFuture<Void> get(String link, Path folder, Optional<String> peer) {
        var order = new HashMap<String, @Nullable Object>(Map.of("op", "get", "link", link, "dir", folder.toString()));
        order.put("peer", peer.orElse(null));
        return order(order);
    }

    /** Bytes a second at most; only libtorrent's driver knows how. */
    void limitUploads(long rate) {
        order(Map.of("op", "limit", "rate", rate)).join();
    }

    /** Payload it has sent so far; only libtorrent's driver knows it. */
    long uploaded() {
        order(Map.of("op", "uploaded")).join();
        return Long.parseLong(lastMessage);
    }

    /** Fetches or serves it, as far as it can; not known to aria2's driver. */
    void begin(String link, Path folder) {
        order(Map.of("op", "begin", "link", link, "dir", folder.toString())).join();
    }

    /** Connects what it has to one more peer; only libtorrent's driver knows how. */
    void dial(String peer) {
        order(Map.of("op", "dial", "peer", peer)).join();
    }

    /** {@code HOST:PORT} of each peer it is connected to; only libtorrent's driver knows them. */
    List<String> peers() {
        order(Map.of("op", "peers")).join();
        return List.of(lastMessage.split(" "));
    }

    private synchronized CompletableFuture<Void> order(Map<String, ? extends @Nullable Object> order) {
        doing = new CompletableFuture<>();
        try {
            orders.write(JSON.writeValueAsString(order));
            orders.write('\n');
            orders.flush();
        } catch (IOException e) {
            doing.completeExceptionally(e);
        }
        return doing;
    }

    private void listen() {
        try (var events = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (var line = events.readLine(); line != null; line = events.readLine()) {
                hear(line);
            }
        } catch (IOException e) {
            // closed under us: the same as its end
        }
        current().completeExceptionally(new IllegalStateException("the driver ended"));
    }

    private void hear(String line) throws JsonProcessingException {
        var event = JSON.readTree(line);
        if ("error".equals(event.path("event").asText())) {
            current()
                    .completeExceptionally(
                            new IllegalStateException(event.path("message").asText()));
        } else {
            lastMessage = event.path("message").asText();
            current().complete(null);
        }
    }

    private synchronized CompletableFuture<Void> current() {
        return doing;
    }

    @Override
    public String log() {
        return Stream.of("driver.log", "client.log", "aria2.log")
                .map(state::resolve)
                .filter(Files::exists)
                .map(file -> file.getFileName() + ":\n" + Running.tail(file))
                .reduce("", String::concat);
    }

    @Override
    public void close() {
        try {
            orders.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            process.onExit()
                    .orTimeout(10, java.util.concurrent.TimeUnit.SECONDS)
                    .handle((p, late) -> {
                        Running.end(process);
                        return p;
                    })
                    .join();
        }
    }
}
