package net.shoal.ui.shell;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import net.shoal.api.node.StateFile;
import net.shoal.base.command.Json;
import net.shoal.base.model.AddressText;

/** {@code <home>/node.json}: there while the node is ready, and says how to reach it. */
final class NodeFile implements AutoCloseable {
    private final Path path;

    private NodeFile(Path path) {
        this.path = path;
    }

    static NodeFile write(Path home, String version, List<InetSocketAddress> listen, Path control, Instant started)
            throws IOException {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("pid", ProcessHandle.current().pid());
        fields.put("version", version);
        fields.put("listen", listen.stream().map(AddressText::hostPort).toList());
        fields.put("console", "off");
        fields.put("control", control.toString());
        fields.put("started", started.toString());
        var path = home.resolve("node.json");
        StateFile.replaceForThisBoot(path, (Json.write(fields) + "\n").getBytes(StandardCharsets.UTF_8));
        return new NodeFile(path);
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(path);
    }
}
