package net.shoal.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import net.shoal.api.net.DialOptions;
import net.shoal.api.net.Listener;
import net.shoal.api.net.NetworkScope;
import net.shoal.api.net.RefusedException;
import net.shoal.api.net.SecureChannel;
import net.shoal.api.net.Target;
import net.shoal.api.net.Transport;
import net.shoal.base.model.PeerAddress;
import net.shoal.base.wire.Handshake;
import net.shoal.secure.mse.MseConfig;
import net.shoal.secure.mse.MseLayer;
import net.shoal.secure.plain.PlainLayer;
import net.shoal.transport.tcp.TcpTransport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** What becomes of a connection by the policies of both ends, with the layers there are. */
@ExtendWith(NoLeaks.class)
@Timeout(60)
class SecuringTest {
    private static final long SEED = 0x5ec;
    private static final int CONNECTIONS = 30;
    private static final Map<String, Object> RANKING = Map.of("service.ranking", 10);

    private final Fakes.OneSwarm swarm = new Fakes.OneSwarm();
    private final MseLayer mse = new MseLayer(defaults());
    private NodeNetwork network;
    private CountingTransport transport;
    private Reception reception;
    private Listener listener;
    private Dialer dialer;

    @BeforeEach
    void open() throws Exception {
        network = new NodeNetwork(NetworkScope.LOOPBACK, 3, List.of());
        transport = new CountingTransport(new TcpTransport(network));
        reception = new Reception(network, SecurityPolicy.PREFER);
        dialer = new Dialer(network, SecurityPolicy.PREFER, 8);
        for (var transports : List.of(reception.transports(), dialer.transports())) {
            transports.add(transport, Map.of());
        }
        for (var layers : List.of(reception.layers(), dialer.layers())) {
            layers.add(new PlainLayer(), Map.of());
            layers.add(mse, RANKING);
        }
        reception.directory(swarm);
        listener = get(transport.listen(
                new InetSocketAddress(Fakes.address("127.0.0.1"), 0),
                channel -> reception.welcome(transport, channel)));
    }

    @AfterEach
    void close() throws Exception {
        get(listener.close());
        dialer.close();
        reception.close();
        network.close();
    }

    @Test
    void whoPrefersGreetsInDisguiseAndGoesOnInPlaintext() throws Exception {
        var made = connect();
        assertThat(made.layer()).isEqualTo("mse");
        assertThat(made.greeted()).isTrue();
        assertThat(made.encrypted()).isFalse();
        var accepted = swarm.accepted.poll(10, TimeUnit.SECONDS);
        assertThat(accepted.layer()).isEqualTo("mse");
        assertThat(accepted.encrypted()).isFalse();
        assertThat(swarm.handshakes.poll()).isEqualTo(Fakes.HANDSHAKE);
        assertThat(transport.dials).hasValue(1);
    }

    @Test
    void onceOneSideInsistsAllIsEncrypted() throws Exception {
        reception.policy(SecurityPolicy.MSE);
        assertThat(connect().encrypted()).isTrue();
        assertThat(swarm.accepted.poll(10, TimeUnit.SECONDS).encrypted()).isTrue();
        reception.policy(SecurityPolicy.PREFER);
        dialer.settings(SecurityPolicy.MSE, 8);
        assertThat(connect().encrypted()).isTrue();
    }

    @Test
    void whoKnowsOnlyPlainIsDialledInPlainAtOnceAndTheNextTimeFirst() throws Exception {
        reception.policy(SecurityPolicy.PLAIN);
        assertThat(connect().layer()).isEqualTo("plain");
        assertThat(transport.dials).hasValue(2);
        assertThat(connect().layer()).isEqualTo("plain");
        assertThat(transport.dials).as("without trying MSE").hasValue(3);
        reception.policy(SecurityPolicy.PREFER);
        assertThat(connect().layer()).as("nothing is remembered for ever").isEqualTo("mse");
    }

    @Test
    void whoWantsMseIsNotDialledInPlain() {
        reception.policy(SecurityPolicy.PLAIN);
        dialer.settings(SecurityPolicy.MSE, 8);
        assertThatThrownBy(this::connect)
                .cause()
                .isInstanceOf(IOException.class)
                .hasMessage("it hung up on MSE");
        assertThat(transport.dials).hasValue(1);
    }

    @Test
    void whoWantsMseTakesNoPlain() throws Exception {
        reception.policy(SecurityPolicy.MSE);
        dialer.settings(SecurityPolicy.PLAIN, 8);
        var channel = connect().channel();
        channel.writeAndFlush(Unpooled.copiedBuffer(Handshake.protocolHeader()));
        channel.read();
        assertThat(channel.closeFuture().await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(swarm.accepted).isEmpty();
    }

    @Test
    void aPeerThatDoesNotServeTheSwarmIsNotDialledAgainInPlain() {
        reception.directory(new MovingSwarm());
        assertThatThrownBy(this::connect).cause().isInstanceOf(RefusedException.class);
        assertThat(transport.dials).hasValue(1);
    }

    @Test
    void whereNobodyListensOneDialIsEnough() throws Exception {
        get(listener.close());
        assertThatThrownBy(this::connect).cause().hasMessageContaining("Connection refused");
        assertThat(transport.dials).hasValue(1);
    }

    @Test
    void whatIsEncryptedArrivesInOrderOnTheLoopOfTheSwarm() throws Exception {
        var moving = new MovingSwarm();
        moving.loop = network.eventLoops().next();
        reception.directory(moving);
        for (var policy : List.of(SecurityPolicy.MSE, SecurityPolicy.PREFER)) {
            dialer.settings(policy, 8);
            sendToMany(moving);
        }
    }

    private void sendToMany(MovingSwarm moving) throws Exception {
        var random = new Random(SEED);
        var sent = new ArrayList<byte[]>();
        var received = new ArrayList<CompletableFuture<byte[]>>();
        for (int i = 0; i < CONNECTIONS; i++) {
            var payload = new byte[1 + random.nextInt(i % 3 == 0 ? 10 : 300_000)];
            random.nextBytes(payload);
            sent.add(payload);
            received.add(moving.expect(i, payload.length));
            var made = connect(MovingSwarm.handshake(i));
            for (int from = 0; from < payload.length; ) {
                int part = Math.min(payload.length - from, 1 + random.nextInt(80_000));
                made.channel().writeAndFlush(Unpooled.wrappedBuffer(payload, from, part));
                from += part;
            }
        }
        for (int i = 0; i < CONNECTIONS; i++) {
            assertThat(received.get(i).get(20, TimeUnit.SECONDS))
                    .as("connection %s, seed %s", i, SEED)
                    .isEqualTo(sent.get(i));
        }
    }

    private SecureChannel connect() throws Exception {
        return connect(Fakes.HANDSHAKE);
    }

    private SecureChannel connect(Handshake handshake) throws Exception {
        return get(dialer.connect(
                PeerAddress.ip(listener.local()),
                Target.of(handshake),
                network.eventLoops().next()));
    }

    private static <T> T get(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private static MseConfig defaults() {
        return (MseConfig) Proxy.newProxyInstance(
                MseConfig.class.getClassLoader(),
                new Class<?>[] {MseConfig.class},
                (proxy, method, arguments) -> method.getDefaultValue());
    }

    private record CountingTransport(TcpTransport tcp, AtomicInteger dials) implements Transport {
        CountingTransport(TcpTransport tcp) {
            this(tcp, new AtomicInteger());
        }

        @Override
        public String scheme() {
            return tcp.scheme();
        }

        @Override
        public boolean canDial(PeerAddress address) {
            return tcp.canDial(address);
        }

        @Override
        public CompletionStage<Channel> dial(PeerAddress address, DialOptions options) {
            dials.incrementAndGet();
            return tcp.dial(address, options);
        }

        @Override
        public CompletionStage<Listener> listen(InetSocketAddress local, Consumer<Channel> inbound) {
            return tcp.listen(local, inbound);
        }
    }
}
