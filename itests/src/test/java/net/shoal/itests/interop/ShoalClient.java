package net.shoal.itests.interop;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import net.shoal.itests.distribution.ControlSocket;
import net.shoal.itests.distribution.NodeProcess;

/** Shoal as packaged, behind its control socket. */
final class ShoalClient implements Client {
    private static final int PORT = 6881;

    private final NodeProcess node;
    private final String address;

    ShoalClient(NetworkNamespace network, Path home, String... options) throws IOException {
        this(network, network.newAddress(), home, options);
    }

    ShoalClient(NetworkNamespace network, String host, Path home, String... options) throws IOException {
        this(network, host, PORT, home, options);
    }

    ShoalClient(NetworkNamespace network, String host, int port, Path home, String... options) throws IOException {
        this.address = host + ":" + port;
        var all = new ArrayList<>(List.of("--listen", address));
        all.addAll(List.of(options));
        if (!all.contains("--net")) {
            all.addAll(List.of("--net", "lan"));
        }
        this.node = NodeProcess.start(home, network::inside, all.toArray(String[]::new));
    }

    @Override
    public String address() {
        return address;
    }

    @Override
    public CompletableFuture<Void> seed(Path torrent, Path folder) {
        return run("share", folder.toString(), "--torrent", torrent.toString());
    }

    @Override
    public CompletableFuture<Void> get(String link, Path folder, Optional<String> peer) {
        var args = new ArrayList<>(List.of("get", link, "--to", folder.toString()));
        peer.ifPresent(at -> args.addAll(List.of("--peer", at)));
        return run(args.toArray(String[]::new));
    }

    /** {@code HOST:PORT} of each peer it is connected to in all. */
    List<String> peers() throws IOException {
        var peers = new ArrayList<String>();
        for (var transfer : results("ls")) {
            for (var peer : results("peers", transfer.path("id").asText())) {
                peers.add(peer.path("address").asText());
            }
        }
        return peers;
    }

    /** What a command answers. */
    List<JsonNode> results(String... args) throws IOException {
        return node.control().results(args);
    }

    /** All that {@code doctor} says. */
    String doctor() throws IOException {
        return node.control().run("doctor").toString();
    }

    ControlSocket control() {
        return node.control();
    }

    private CompletableFuture<Void> run(String... args) {
        return CompletableFuture.runAsync(
                () -> {
                    try {
                        node.control().results(args);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                },
                command -> new Thread(command, "shoal " + args[0]).start());
    }

    @Override
    public String log() {
        return node.log();
    }

    @Override
    public void close() {
        node.close();
    }
}
