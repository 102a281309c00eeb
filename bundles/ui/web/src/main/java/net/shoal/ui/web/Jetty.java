package net.shoal.ui.web;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.service.cm.ConfigurationAdmin;

/**
 * The web server: Felix HTTP on Jetty, told by its configuration where to listen. Without one it listens nowhere, if the framework property
 * {@code org.apache.felix.http.require.config} is {@code true}, as the launcher sees to.
 */
final class Jetty {
    private static final String PID = "org.apache.felix.http";
    private static final String ENDPOINTS = "osgi.http.endpoint";
    private static final String RUNTIME = "org.osgi.service.servlet.runtime.HttpServiceRuntime";
    private static final long START_NANOS = 20_000_000_000L;
    private static final long LOOK_MILLIS = 10;
    /** Browsers, with some streams each, and programs. */
    private static final int MOST_THREADS = 80;

    private final BundleContext context;
    private final ConfigurationAdmin configurations;

    Jetty(BundleContext context, ConfigurationAdmin configurations) {
        this.context = context;
        this.configurations = configurations;
    }

    /**
     * Where a console that is asked for can be.
     *
     * @throws IOException if the port is taken and no other will do
     */
    static int freePort(ConsolePlace place) throws IOException {
        try {
            return freePort(place.host(), place.port());
        } catch (IOException e) {
            if (!place.mayMove()) {
                throw e;
            }
            return freePort(place.host(), 0);
        }
    }

    private static int freePort(InetAddress host, int port) throws IOException {
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(host, port));
            return socket.getLocalPort();
        }
    }

    /**
     * Listens from now on, and no longer where it did before. Returns when it does.
     *
     * @throws IOException if it does not
     */
    void listen(InetAddress host, int port, Optional<Certificates.Store> certificate)
            throws IOException, InterruptedException {
        var settings = new HashMap<String, Object>(Map.of(
                "org.apache.felix.http.host",
                host.getHostAddress(),
                "org.apache.felix.http.jetty.threadpool.max",
                MOST_THREADS,
                "org.apache.felix.http.jetty.acceptors",
                1,
                "org.apache.felix.http.jetty.selectors",
                1,
                "org.apache.felix.http.jetty.maxFormSize",
                8 * 1024,
                "org.apache.felix.http.jetty.headerBufferSize",
                16 * 1024,
                "org.apache.felix.jetty.stopTimeout",
                0L));
        settings.put("org.apache.felix.http.enable", certificate.isEmpty());
        settings.put("org.apache.felix.https.enable", certificate.isPresent());
        settings.put(certificate.isEmpty() ? "org.osgi.service.http.port" : "org.osgi.service.http.port.secure", port);
        certificate.ifPresent(store -> {
            settings.put("org.apache.felix.https.keystore", store.file().toString());
            settings.put("org.apache.felix.https.keystore.type", "PKCS12");
            settings.put("org.apache.felix.https.keystore.password", store.password());
            settings.put("org.apache.felix.https.keystore.key.password", store.password());
            settings.put("org.apache.felix.https.jetty.protocols.included", new String[] {"TLSv1.2", "TLSv1.3"});
        });
        configurations.getConfiguration(PID, "?").updateIfDifferent(FrameworkUtil.asDictionary(settings));
        await(port);
    }

    private void await(int port) throws IOException, InterruptedException {
        long end = System.nanoTime() + START_NANOS;
        while (!isAt(port)) {
            if (System.nanoTime() - end > 0) {
                throw new IOException("the web server does not start; see the log");
            }
            Thread.sleep(LOOK_MILLIS);
        }
    }

    private boolean isAt(int port) {
        var runtime = context.getServiceReference(RUNTIME);
        return runtime != null
                && runtime.getProperty(ENDPOINTS) instanceof String[] endpoints
                && Arrays.stream(endpoints).anyMatch(endpoint -> endpoint.contains(":" + port + "/"));
    }

    /** Listens nowhere. */
    void close() throws IOException {
        configurations.getConfiguration(PID, "?").delete();
    }
}
