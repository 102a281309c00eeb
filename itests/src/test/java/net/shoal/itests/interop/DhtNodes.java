package net.shoal.itests.interop;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.shoal.itests.distribution.Running;

/** Many nodes of libtorrent in the DHT (see {@code dht.py}), each at an address of its own. */
final class DhtNodes implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int PORT = 6881;

    private final Process process;
    private final Writer orders;
    private final BufferedReader events;

    /** @param entries nodes of others that they are told of */
    DhtNodes(NetworkNamespace network, int count, Path log, List<String> entries) throws IOException {
        this(network, count, log, entries, List.of());
    }

    /** Over IPv6, at {@link #address6}. */
    static DhtNodes overIpv6(NetworkNamespace network, int count, Path log) throws IOException {
        for (int i = 0; i < count; i++) {
            network.has(host6(i));
        }
        return new DhtNodes(network, count, log, List.of(), List.of("env", "SHOAL_V6=1"));
    }

    /** At addresses of {@link NetworkNamespace#INTERNET}, which are no local ones to anybody. */
    static DhtNodes inTheInternet(NetworkNamespace network, int count, Path log, List<String> entries)
            throws IOException {
        return new DhtNodes(
                network.withInternet(),
                count,
                log,
                entries,
                List.of("env", "SHOAL_BLOCK=" + NetworkNamespace.INTERNET));
    }

    static String internetAddress(int node) {
        return NetworkNamespace.INTERNET + "." + (100 + node) + ".1:" + PORT;
    }

    private DhtNodes(NetworkNamespace network, int count, Path log, List<String> entries, List<String> environment)
            throws IOException {
        Programs.requirePythonModule("libtorrent", "python3-libtorrent");
        var command = new ArrayList<>(environment);
        command.addAll(Programs.script("dht.py"));
        command.add(String.valueOf(count));
        command.addAll(entries);
        process = Running.start(new ProcessBuilder(network.inside(command)).redirectError(log.toFile()));
        orders = process.outputWriter(StandardCharsets.UTF_8);
        events = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        hear();
    }

    static String host(int node) {
        return "10.77." + (100 + node) + ".1";
    }

    private static String host6(int node) {
        return "fd77:" + (100 + node) + "::1";
    }

    static String address6(int node) {
        return "[" + host6(node) + "]:" + PORT;
    }

    static String address(int node) {
        return host(node) + ":" + PORT;
    }

    /** From now on it wants the torrent and is found for it, at its own port. */
    void announce(int node, String infoHash) {
        order("announce", Map.of("node", node, "hash", infoHash));
    }

    /** {@code HOST:PORT} of whom it finds within some seconds. */
    List<String> find(int node, String infoHash) {
        return List.of(order("find", Map.of("node", node, "hash", infoHash)).split(" "));
    }

    /** Fetches or serves it. */
    void torrent(int node, String link, Path folder) {
        order("torrent", Map.of("node", node, "link", link, "dir", folder.toString()));
    }

    /** Leaves an item with all of them: arguments of put, bencoded, without id and token. Gives how many took it. */
    int leave(String target, String arguments) {
        return Integer.parseInt(order("leave", Map.of("target", target, "arguments", arguments)));
    }

    /** One of them signs a text and leaves it. Gives how many took it. */
    int put(int node, String privateKey, String publicKey, String text) {
        return Integer.parseInt(
                order("put", Map.of("node", node, "private", privateKey, "public", publicKey, "value", text)));
    }

    /** What the item says that one of them finds under a key, as it writes values. */
    String item(int node, String publicKey) {
        return order("get", Map.of("node", node, "public", publicKey));
    }

    /** What they log of nodes that they do not hear any more. */
    String blocked() {
        return order("blocked", Map.of());
    }

    private synchronized String order(String op, Map<String, ?> parameters) {
        var order = new HashMap<String, Object>(parameters);
        order.put("op", op);
        try {
            orders.write(JSON.writeValueAsString(order));
            orders.write('\n');
            orders.flush();
            return hear().path("message").asText();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private JsonNode hear() throws IOException {
        var line = events.readLine();
        if (line == null) {
            throw new IOException("the nodes of libtorrent ended");
        }
        var event = JSON.readTree(line);
        if ("error".equals(event.path("event").asText())) {
            throw new IOException(event.path("message").asText());
        }
        return event;
    }

    @Override
    public void close() {
        Running.end(process);
    }
}
