package net.shoal.itests.browser;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.StreamSupport;
import net.shoal.itests.distribution.ControlSocket;
import net.shoal.itests.distribution.NodeProcess;
import net.shoal.itests.distribution.Running;

/** A packaged node on loopback with its console open. */
final class ConsoleNode implements AutoCloseable {
    private static final long OPEN_SECONDS = 60;

    private final NodeProcess process;

    private ConsoleNode(NodeProcess process) {
        this.process = process;
    }

    static ConsoleNode start(Path home, String... more) throws IOException {
        var options =
                new ArrayList<>(List.of("--listen", "127.0.0.1:0", "--net", "loopback", "--console", "127.0.0.1:0"));
        options.addAll(List.of(more));
        return new ConsoleNode(NodeProcess.start(home, options.toArray(String[]::new)));
    }

    ControlSocket control() {
        return process.control();
    }

    String log() {
        return process.log();
    }

    /** Signs one browser in, as {@code shoal console} prints it. */
    URI login() {
        var found = new AtomicReference<Optional<URI>>(Optional.empty());
        Running.await("the console is open", OPEN_SECONDS, () -> {
            found.set(answered());
            return found.get().isPresent();
        });
        return found.get().orElseThrow();
    }

    private Optional<URI> answered() throws IOException {
        return control().run("console").stream()
                .flatMap(answer -> StreamSupport.stream(answer.spliterator(), false))
                .filter(JsonNode::isTextual)
                .map(JsonNode::asText)
                .filter(text -> text.contains("/login?token="))
                .findFirst()
                .map(URI::create);
    }

    @Override
    public void close() {
        process.close();
    }
}
