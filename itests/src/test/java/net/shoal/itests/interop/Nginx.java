package net.shoal.itests.interop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import net.shoal.itests.distribution.Running;

/** An nginx of our own, with its configuration and all it writes in a folder of the test. */
final class Nginx implements AutoCloseable {
    private static final String PROGRAM = "/usr/sbin/nginx";
    private static final int PORT = 8080;
    private static final long SECONDS = 20;

    private final NetworkNamespace network;
    private final Path folder;
    private final String host;
    private Process process;

    /** @param rate bytes a second on each connection, 0 for no limit */
    Nginx(NetworkNamespace network, Path folder, Path root, long rate) throws IOException {
        Programs.require("nginx", "nginx-light");
        this.network = network;
        this.folder = folder;
        this.host = network.newAddress();
        Files.createDirectories(folder.resolve("logs"));
        Files.writeString(
                folder.resolve("nginx.conf"),
                """
                user root;
                daemon off;
                worker_processes 1;
                pid nginx.pid;
                error_log logs/error.log;
                events { worker_connections 128; }
                http {
                    access_log logs/access.log;
                    client_body_temp_path tmp-body;
                    proxy_temp_path tmp-proxy;
                    fastcgi_temp_path tmp-fastcgi;
                    uwsgi_temp_path tmp-uwsgi;
                    scgi_temp_path tmp-scgi;
                    sendfile on;
                    limit_rate %d;
                    server { listen %s:%d; root "%s"; }
                }
                """
                        .formatted(rate, host, PORT, root));
        start();
    }

    /** Also after {@link #stop}. */
    void start() {
        process = Running.start(new ProcessBuilder(network.inside(List.of(
                        PROGRAM,
                        "-p",
                        folder.toString(),
                        "-c",
                        folder.resolve("nginx.conf").toString())))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("logs/output").toFile()));
        Running.await("nginx", SECONDS, () -> Files.exists(folder.resolve("nginx.pid")) || !process.isAlive());
        if (!process.isAlive()) {
            throw new IllegalStateException("nginx ended: " + log());
        }
    }

    void stop() {
        Running.end(process);
    }

    /** What files lie below. */
    String url() {
        return "http://" + host + ":" + PORT + "/";
    }

    /** One line for each request. */
    List<String> requests() throws IOException {
        return Files.readAllLines(folder.resolve("logs/access.log"));
    }

    String log() {
        return Running.tail(folder.resolve("logs/error.log")) + Running.tail(folder.resolve("logs/output"));
    }

    @Override
    public void close() {
        stop();
    }
}
