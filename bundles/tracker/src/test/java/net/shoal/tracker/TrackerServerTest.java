package net.shoal.tracker;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.net.ServerSocket;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import net.shoal.api.net.ListenFailure;
import net.shoal.api.net.NetworkScope;
import net.shoal.api.transfer.ServedTracker;
import org.apache.felix.hc.api.Result;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;

final class TrackerServerTest {
    private final FakeNetwork network = new FakeNetwork(NetworkScope.LOOPBACK, Optional.empty());
    private final Map<Class<?>, Object> services = new HashMap<>();

    @AfterEach
    void close() {
        network.close();
    }

    @Test
    void isThereAsAServiceWhileItServes() {
        var server = server("0");
        assertThat(((ServedTracker) services.get(ServedTracker.class)).announceUrls())
                .hasSize(2)
                .first()
                .asString()
                .matches("http://127\\.0\\.0\\.1:\\d+/announce");
        assertThat(new TrackerServerCheck(server).execute().toString())
                .contains("A tracker is served at", "It knows 0 swarms with 0 peers.");
        server.close();
        assertThat(services).isEmpty();
    }

    @Test
    void idlesWhereItIsNotAskedTo() {
        var server = server("  ");
        assertThat(services).isEmpty();
        assertThat(new TrackerServerCheck(server).execute().isOk()).isTrue();
        server.close();
    }

    @Test
    void saysThatThePortIsTaken() throws Exception {
        try (var taken = new ServerSocket(0, 1, Samples.address("127.0.0.1"))) {
            var server = server("127.0.0.1:" + taken.getLocalPort());
            assertThat(((ListenFailure) services.get(ListenFailure.class)).message())
                    .startsWith("cannot serve a tracker at 127.0.0.1:" + taken.getLocalPort() + ": ")
                    .endsWith("; give another port, or end the program that has this one");
            assertThat(new TrackerServerCheck(server).execute().getStatus()).isEqualTo(Result.Status.CRITICAL);
            server.close();
            assertThat(services).isEmpty();
        }
    }

    @Test
    void saysThatItsSettingMakesNoSense() {
        server("nowhere").close();
        var server = server("over:there");
        assertThat(((ListenFailure) services.get(ListenFailure.class)).message())
                .contains("give a port such as 6969");
        server.close();
    }

    private TrackerServer server(String listen) {
        var config = (TrackerServer.Config) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {TrackerServer.Config.class},
                (proxy, method, args) -> method.getName().equals("listen") ? listen : method.getDefaultValue());
        var server = new TrackerServer(network, config, context());
        server.open();
        return server;
    }

    /** Keeps what is registered. */
    private BundleContext context() {
        return (BundleContext) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {BundleContext.class}, (proxy, method, args) -> {
                    var type = (Class<?>) args[0];
                    services.put(type, args[1]);
                    return Proxy.newProxyInstance(
                            getClass().getClassLoader(),
                            new Class<?>[] {ServiceRegistration.class},
                            (registration, unregister, none) -> services.remove(type));
                });
    }
}
