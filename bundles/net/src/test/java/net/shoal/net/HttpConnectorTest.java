package net.shoal.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import net.shoal.api.net.HttpUrl;
import net.shoal.api.net.NetworkScope;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class HttpConnectorTest {
    private static final InetAddress LOOPBACK = Fakes.address("127.0.0.1");

    private final NodeNetwork network = new NodeNetwork(NetworkScope.LOOPBACK, 1, List.of());
    private final EventLoop loop = (EventLoop) network.eventLoops().next();
    private final HttpConnectorComponent usual = new HttpConnectorComponent(network);

    @AfterEach
    void close() {
        network.close();
    }

    @Test
    void takesTheFirstAddressThatAnswers() throws Exception {
        try (var server = new ServerSocket(0, 50, LOOPBACK)) {
            var nobody = Fakes.address("127.0.0.9");
            var channel = get(usual.connect(url("http", server), List.of(nobody, LOOPBACK), loop));
            assertThat(channel.remoteAddress()).isEqualTo(server.getLocalSocketAddress());
            assertThat(channel.eventLoop()).isSameAs(loop);
            assertThat(channel.pipeline().first()).isNull();
            channel.close().sync();
        }
    }

    @Test
    void saysInWordsThatNobodyListens() throws Exception {
        var server = new ServerSocket(0, 50, LOOPBACK);
        server.close();
        assertThat(failure(usual.connect(url("http", server), List.of(LOOPBACK), loop)))
                .isEqualTo("cannot be connected to: nothing listens at 127.0.0.1 port " + server.getLocalPort());
        assertThat(failure(usual.connect(url("http", server), List.of(), loop))).isEqualTo("its host has no address");
    }

    @Test
    void trustsNoCertificateThatTheJdkDoesNotAndNoOtherHostName(@TempDir Path folder) throws Exception {
        var keys = keys(folder);
        try (var server = tlsServer(keys)) {
            var localhost = url("https", server);
            assertThat(failure(usual.connect(localhost, List.of(LOOPBACK), loop)))
                    .startsWith("TLS failed: ");

            var trusting = new HttpConnectorComponent(
                    network, Tls.of(SslContextBuilder.forClient().trustManager(trust(keys))));
            get(trusting.connect(localhost, List.of(LOOPBACK), loop)).close().sync();
            var otherName = HttpUrl.of(URI.create("https://127.0.0.1:" + server.getLocalPort() + "/"));
            assertThat(failure(trusting.connect(otherName, List.of(LOOPBACK), loop)))
                    .startsWith("TLS failed: ");
        }
    }

    private static HttpUrl url(String scheme, ServerSocket server) {
        return HttpUrl.of(URI.create(scheme + "://localhost:" + server.getLocalPort() + "/"));
    }

    private static ServerSocket tlsServer(KeyStore keys) throws Exception {
        var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, "changeit".toCharArray());
        var context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        var socket = context.getServerSocketFactory().createServerSocket(0, 50, LOOPBACK);
        var thread = new Thread(() -> shakeHands(socket));
        thread.setDaemon(true);
        thread.start();
        return socket;
    }

    private static void shakeHands(ServerSocket server) {
        while (!server.isClosed()) {
            try (var accepted = (SSLSocket) server.accept()) {
                accepted.startHandshake();
                accepted.getInputStream().read();
            } catch (IOException e) {
                // the client did not like us, or we are done
            }
        }
    }

    private static KeyStore keys(Path folder) throws Exception {
        var file = folder.resolve("keys.p12");
        var tool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        var command = tool + " -genkeypair -alias a -keyalg EC -groupname secp256r1 -dname CN=localhost"
                + " -ext san=dns:localhost -storepass changeit -keystore";
        var words = new java.util.ArrayList<>(List.of(command.split(" ")));
        words.add(file.toString());
        var process = new ProcessBuilder(words).redirectErrorStream(true).start();
        process.getInputStream().readAllBytes();
        assertThat(process.waitFor()).isZero();
        var keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            keys.load(in, "changeit".toCharArray());
        }
        return keys;
    }

    private static TrustManagerFactory trust(KeyStore keys) throws Exception {
        var trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("a", keys.getCertificate("a"));
        var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(trusted);
        return factory;
    }

    private static Channel get(CompletionStage<Channel> stage) {
        return stage.toCompletableFuture().orTimeout(30, TimeUnit.SECONDS).join();
    }

    private static String failure(CompletionStage<Channel> stage) {
        return stage.handle((channel, problem) ->
                        (problem instanceof CompletionException ? problem.getCause() : problem).getMessage())
                .toCompletableFuture()
                .orTimeout(30, TimeUnit.SECONDS)
                .join();
    }
}
