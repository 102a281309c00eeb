package net.shoal.ui.shell;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.shoal.api.console.ConsoleAddress;
import net.shoal.api.node.StateFile;
import net.shoal.base.command.Json;
import net.shoal.base.model.AddressText;

/** {@code <home>/node.json}: there while the node is ready, and says how to reach it. */
final class NodeFile implements AutoCloseable {
    private final Path path;
    private final Map<String, Object> fields;

    private NodeFile(Path path, Map<String, Object> fields) {
        this.path = path;
        this.fields = fields;
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
        var file = new NodeFile(home.resolve("node.json"), fields);
        file.write();
        return file;
    }

    /** Where the console is now. */
    synchronized void console(Optional<ConsoleAddress> console) throws IOException {
        var now = console.map(open -> open.url().toString()).orElse("off");
        if (!now.equals(fields.put("console", now))) {
            write();
        }
    }

    private void write() throws IOException {
        StateFile.replaceForThisBoot(path, (Json.write(fields) + "\n").getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public synchronized void close() throws IOException {
        Files.deleteIfExists(path);
    }
}
