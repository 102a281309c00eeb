package net.shoal.itests.web;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import net.shoal.itests.distribution.NodeProcess;

/** A packaged node with its console open, on loopback. Its downloads and uploads lie beside its home. */
final class ConsoleNode implements AutoCloseable {
    private final NodeProcess node;
    private final URI console;
    private final Path folder;

    private ConsoleNode(NodeProcess node, Path folder) throws IOException {
        this.node = node;
        this.folder = folder;
        this.console = node.console();
    }

    static ConsoleNode start(Path folder, String... options) throws IOException {
        var all = new ArrayList<>(List.of(
                "--net",
                "loopback",
                "--listen",
                "127.0.0.1:0",
                "--set",
                "net.shoal.ui.rest:downloads=" + folder.resolve("downloads"),
                "--set",
                "net.shoal.ui.rest:uploads=" + folder.resolve("uploads")));
        all.addAll(List.of(options));
        if (!all.contains("--console")) {
            all.addAll(List.of("--console", "127.0.0.1:0"));
        }
        return new ConsoleNode(NodeProcess.start(folder.resolve("home"), all.toArray(String[]::new)), folder);
    }

    URI console() {
        return console;
    }

    NodeProcess node() {
        return node;
    }

    Path folder() {
        return folder;
    }

    /** A new one each time. */
    String loginUrl() throws IOException {
        return node.control().results("console").get(0).path("url").asText();
    }

    Browser browser() throws IOException, InterruptedException {
        return Browser.signedIn(console, loginUrl());
    }

    void setPassword(String password) throws IOException, InterruptedException {
        ConsolePassword.set(node, password);
    }

    static ObjectMapper json() {
        return Browser.JSON;
    }

    @Override
    public void close() {
        node.close();
    }
}
