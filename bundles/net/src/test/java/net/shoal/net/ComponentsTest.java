package net.shoal.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import net.shoal.api.net.FrontDoor;
import net.shoal.api.net.ListenFailure;
import net.shoal.api.net.Network;
import net.shoal.api.net.NetworkScope;
import net.shoal.transport.tcp.TcpTransport;
import org.apache.felix.hc.api.FormattingResultLog;
import org.apache.felix.hc.api.Result;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.osgi.framework.BundleContext;

@Timeout(60)
class ComponentsTest {
    private static final String ANY = "127.0.0.1:0";

    private final Map<Class<?>, Object> services = new ConcurrentHashMap<>();
    private final BundleContext context = Fakes.registry(services);

    @Test
    void anotherScopeIsAnotherNetworkAndAnotherAddressIsNot() {
        var component = new NetworkComponent(context);
        component.open(config(ANY));
        var first = network();
        assertThat(first.scope()).isEqualTo(NetworkScope.LOOPBACK);
        assertThat(first.dialFrom(Fakes.address("127.0.0.2"))).contains(Fakes.address("127.0.0.1"));
        assertThat(first.dialFrom(Fakes.address("::1"))).isEmpty();
        component.modified(config("0"));
        assertThat(network()).isSameAs(first);
        assertThat(first.dialFrom(Fakes.address("127.0.0.2"))).isEmpty();
        component.modified(Fakes.config(NetworkScope.LAN, SecurityPolicy.PREFER));
        assertThat(network().scope()).isEqualTo(NetworkScope.LAN);
        assertThat(first.eventLoops().isTerminated()).isTrue();
        var second = network();
        component.deactivate();
        assertThat(services).isEmpty();
        assertThat(second.eventLoops().isTerminated()).isTrue();
    }

    @Test
    void theFrontDoorIsThereWhileItListens() throws Exception {
        try (var network = new NodeNetwork(NetworkScope.LOOPBACK, 2, List.of())) {
            var tcp = new TcpTransport(network);
            var component = door(network, ANY);
            component.addTransport(tcp, Map.of());
            await(FrontDoor.class);
            assertThat(door().port()).isPositive();
            assertThat(door().addresses())
                    .containsExactly(new InetSocketAddress(Fakes.address("127.0.0.1"), door().port()));
            component.removeTransport(tcp);
            Awaitility.await().until(services::isEmpty);
            component.addTransport(tcp, Map.of());
            await(FrontDoor.class);
            component.deactivate();
            assertThat(services).isEmpty();
            assertThat(Thread.getAllStackTraces().keySet())
                    .noneMatch(thread -> thread.getName().equals("shoal-door"));
        }
    }

    @Test
    void aPortThatIsTakenIsAFailureThatCanBePutRight() throws Exception {
        try (var network = new NodeNetwork(NetworkScope.LOOPBACK, 2, List.of())) {
            var tcp = new TcpTransport(network);
            var other = door(network, ANY);
            other.addTransport(tcp, Map.of());
            await(FrontDoor.class);
            int taken = door().port();
            services.clear();

            var component = door(network, "127.0.0.1:" + taken);
            component.addTransport(tcp, Map.of());
            await(ListenFailure.class);
            assertThat(((ListenFailure) services.get(ListenFailure.class)).message())
                    .isEqualTo("cannot listen on 127.0.0.1:" + taken
                            + ": Address already in use; give another [HOST:]PORT to listen on, or port 0 for any");
            component.modified(config(ANY));
            await(FrontDoor.class);
            assertThat(services).doesNotContainKey(ListenFailure.class);

            int before = door().port();
            component.modified(config("nonsense"));
            component.modified(config(ANY));
            component.deactivate();
            assertThat(before).isNotEqualTo(taken);
            other.deactivate();
        }
    }

    @Test
    void nonsenseIsAFailureFromTheStart() throws Exception {
        try (var network = new NodeNetwork(NetworkScope.LOOPBACK, 1, List.of())) {
            var component = door(network, "my-host");
            component.addTransport(new TcpTransport(network), Map.of());
            component.modified(config("my-host"));
            await(ListenFailure.class);
            assertThat(((ListenFailure) services.get(ListenFailure.class)).message())
                    .startsWith("cannot listen on 'my-host': it takes [HOST:]PORT");
            component.modified(config(ANY));
            await(FrontDoor.class);
            component.deactivate();
        }
    }

    @Test
    void theCheckSaysHowThingsAre() {
        try (var network = new NodeNetwork(NetworkScope.LOOPBACK, 1, List.of())) {
            var result = new NetworkCheck(network, new DatagramsComponent(network)).execute();
            assertThat(result.getStatus()).isEqualTo(Result.Status.CRITICAL);
            assertThat(result.toString()).contains("The network scope is 'loopback'", "does not listen");
            var log = new FormattingResultLog();
            NetworkCheck.listening(log, null, () -> "cannot listen on 127.0.0.1:1: Permission denied");
            NetworkCheck.datagrams(
                    log,
                    List.of(new InetSocketAddress(Fakes.address("127.0.0.1"), 7)),
                    List.of("UDP cannot be had at [::1]:7"));
            assertThat(log.toString())
                    .contains(
                            "The node cannot listen on 127.0.0.1:1: Permission denied.",
                            "UDP is open at 127.0.0.1:7.",
                            "UDP cannot be had at [::1]:7.");
        }
    }

    private void await(Class<?> service) {
        Awaitility.await().until(() -> services.containsKey(service));
    }

    private Network network() {
        return (Network) services.get(Network.class);
    }

    private FrontDoor door() {
        return (FrontDoor) services.get(FrontDoor.class);
    }

    /** As Declarative Services makes it. */
    private DoorComponent door(Network network, String... listen) {
        var component = new DoorComponent(context, network, config(listen));
        component.open(config(listen));
        return component;
    }

    private static NetworkConfig config(String... listen) {
        return Fakes.config(NetworkScope.LOOPBACK, SecurityPolicy.PREFER, listen);
    }
}
