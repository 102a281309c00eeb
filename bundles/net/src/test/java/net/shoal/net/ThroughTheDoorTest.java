package net.shoal.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import net.shoal.api.net.NetworkScope;
import net.shoal.api.net.SecureChannel;
import net.shoal.api.net.SecureLayer;
import net.shoal.api.net.SwarmDirectory;
import net.shoal.api.net.Target;
import net.shoal.base.model.PeerAddress;
import net.shoal.base.wire.Handshake;
import net.shoal.secure.plain.PlainLayer;
import net.shoal.transport.tcp.TcpTransport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.osgi.framework.Constants;

/** Dialer and door on real sockets, with the owner of inbound channels on a loop of its own. */
@ExtendWith(NoLeaks.class)
@Timeout(60)
class ThroughTheDoorTest {
    private static final long SEED = 7716;
    private static final int CONNECTIONS = 60;

    private NodeNetwork network;
    private TcpTransport tcp;
    private Reception reception;
    private Door door;
    private Dialer dialer;
    private volatile InetSocketAddress address = new InetSocketAddress(0);
    private final MovingSwarm swarm = new MovingSwarm();

    @BeforeEach
    void open() {
        network = new NodeNetwork(NetworkScope.LOOPBACK, 3, List.of());
        tcp = new TcpTransport(network);
        reception = new Reception(network, SecurityPolicy.PREFER);
        dialer = new Dialer(network, SecurityPolicy.PREFER, 8);
        for (var transports : List.of(reception.transports(), dialer.transports())) {
            transports.add(tcp, Map.of());
        }
        for (var layers : List.of(reception.layers(), dialer.layers())) {
            layers.add(new PlainLayer(), Map.of());
        }
        reception.directory(swarm);
        swarm.loop = network.eventLoops().next();
        door = new Door(reception, NetworkScope.LOOPBACK, new Door.Sign() {
            @Override
            public void listening(List<InetSocketAddress> addresses) {
                address = addresses.get(0);
            }

            @Override
            public void closed() {}

            @Override
            public void failed(String message) {
                throw new AssertionError(message);
            }
        });
        door.moveTo(List.of(ListenAddress.parse("127.0.0.1:0")));
        door.add(tcp);
    }

    @AfterEach
    void close() {
        door.close();
        dialer.close();
        reception.close();
        // as the component's deactivation does
        dialer.transports().closeChannels();
        network.close();
    }

    @Test
    void everyByteArrivesInOrderOnTheLoopOfTheSwarm() throws Exception {
        var random = new Random(SEED);
        var sent = new ArrayList<byte[]>();
        var received = new ArrayList<CompletableFuture<byte[]>>();
        for (int i = 0; i < CONNECTIONS; i++) {
            // the handshake names how much follows it, so that both ends know
            int length = 1 + random.nextInt(i % 3 == 0 ? 10 : 300_000);
            var payload = new byte[length];
            random.nextBytes(payload);
            sent.add(payload);
            received.add(swarm.expect(i, length));
            var channel = connect();
            sendInParts(channel, concat(handshake(i), payload), random);
        }
        for (int i = 0; i < CONNECTIONS; i++) {
            assertThat(received.get(i).get(20, TimeUnit.SECONDS))
                    .as("connection %s, seed %s", i, SEED)
                    .isEqualTo(sent.get(i));
        }
    }

    @Test
    void aPeerThatHangsUpAtOnceIsHeardToTheEnd() throws Exception {
        for (int i = 0; i < CONNECTIONS; i++) {
            var received = swarm.expect(i, 1000);
            var channel = connect();
            channel.writeAndFlush(Unpooled.wrappedBuffer(concat(handshake(i), new byte[1000])))
                    .addListener(done -> channel.close());
            // either the swarm was in time, and then it has all of it, or it hears that the channel is closed
            var outcome = received.handle((bytes, error) -> error == null ? bytes.length : -1)
                    .get(20, TimeUnit.SECONDS);
            assertThat(outcome).isIn(1000, -1);
        }
    }

    @Test
    void anUnknownSwarmIsAsIfNobodyWereThere() throws Exception {
        var channel = connect();
        channel.writeAndFlush(Unpooled.wrappedBuffer(handshake(CONNECTIONS + 1)));
        channel.read();
        assertThat(channel.closeFuture().await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void handsOutDialledChannelsOnTheirLoopAndSilent() throws Exception {
        for (int i = 0; i < 6; i++) {
            var loop = network.eventLoops().next();
            var made = dialer.connect(PeerAddress.ip(address), Target.of(Fakes.HANDSHAKE), loop)
                    .toCompletableFuture()
                    .get(10, TimeUnit.SECONDS);
            assertThat(made.channel().eventLoop()).isSameAs(loop);
            assertThat(made.channel().config().isAutoRead()).isFalse();
            assertThat(made.transport()).isEqualTo("tcp");
            assertThat(made.layer()).isEqualTo("plain");
        }
    }

    @Test
    void doesNotDialOutsideTheScope() {
        assertThatThrownBy(() -> connect(PeerAddress.ip(Fakes.address("10.0.0.1"), 1)))
                .cause()
                .isInstanceOf(IOException.class)
                .hasMessage("10.0.0.1:1 lies outside the network scope 'loopback'");
    }

    @Test
    void saysWhichLayerIsMissing() {
        dialer.settings(SecurityPolicy.REQUIRE, 8);
        assertThatThrownBy(this::connect)
                .cause()
                .hasMessageContaining(
                        "security is 'require', which allows only authenticated, encrypted connections (TLS),"
                                + " and nothing that makes them is installed");
    }

    @Test
    void saysWhenNoTransportCanDial() {
        dialer.transports().remove(tcp);
        assertThatThrownBy(this::connect).cause().hasMessageContaining("no transport that can dial it is installed");
    }

    @Test
    void triesTheNextLayerIfOneFails() throws Exception {
        dialer.layers().add(new RefusingLayer(), Map.of(Constants.SERVICE_RANKING, 10));
        assertThat(connect().isActive()).isTrue();
    }

    @Test
    void manyDialsAtOnceAllGetTheirTurn() throws Exception {
        var loop = network.eventLoops().next();
        var all = new ArrayList<CompletableFuture<SecureChannel>>();
        for (int i = 0; i < 40; i++) {
            all.add(dialer.connect(PeerAddress.ip(address), Target.of(Fakes.HANDSHAKE), loop)
                    .toCompletableFuture());
        }
        for (var each : all) {
            assertThat(each.get(20, TimeUnit.SECONDS).channel().isActive()).isTrue();
        }
    }

    @Test
    void aDialThatIsCancelledLeavesNothingBehind() throws Exception {
        var loop = network.eventLoops().next();
        for (int i = 0; i < 30; i++) {
            var dialling = dialer.connect(PeerAddress.ip(address), Target.of(Fakes.HANDSHAKE), loop)
                    .toCompletableFuture();
            if (dialling.cancel(true)) {
                assertThatThrownBy(dialling::join).isInstanceOf(CancellationException.class);
            } else {
                dialling.join().channel().close();
            }
        }
        // all places at the gate are free again
        for (int i = 0; i < 10; i++) {
            assertThat(connect().isActive()).isTrue();
        }
    }

    @Test
    void failsWhatIsOnItsWayWhenItCloses() {
        dialer.close();
        assertThatThrownBy(this::connect).cause().hasMessage("the node stops dialling");
    }

    private Channel connect() throws Exception {
        return connect(PeerAddress.ip(address));
    }

    private Channel connect(PeerAddress to) throws Exception {
        return dialer.connect(
                        to, Target.of(Fakes.HANDSHAKE), network.eventLoops().next())
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS)
                .channel();
    }

    private static void sendInParts(Channel channel, byte[] bytes, Random random) {
        int from = 0;
        while (from < bytes.length) {
            int part = Math.min(bytes.length - from, 1 + random.nextInt(random.nextBoolean() ? 80 : 100_000));
            channel.writeAndFlush(Unpooled.wrappedBuffer(bytes, from, part));
            from += part;
        }
    }

    private static byte[] handshake(int number) {
        var out = ByteBuffer.allocate(Handshake.LENGTH);
        MovingSwarm.handshake(number).write(out);
        return out.array();
    }

    private static byte[] concat(byte[] first, byte[] second) {
        return ByteBuffer.allocate(first.length + second.length)
                .put(first)
                .put(second)
                .array();
    }

    private static final class RefusingLayer implements SecureLayer {
        @Override
        public String name() {
            return "refusing";
        }

        @Override
        public Sniff sniff(ByteBuf first) {
            return Sniff.NO;
        }

        @Override
        public CompletionStage<Secured> accept(Channel channel, SwarmDirectory candidates, Need need) {
            throw new UnsupportedOperationException();
        }

        @Override
        public CompletionStage<Secured> secure(Channel channel, Target target, Need need) {
            return CompletableFuture.failedStage(new IOException("not with me"));
        }
    }
}
