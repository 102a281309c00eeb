package net.shoal.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.osgi.framework.Constants.SERVICE_RANKING;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.ByteArrayOutputStream;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import net.shoal.api.net.DialOptions;
import net.shoal.api.net.Listener;
import net.shoal.api.net.NetworkScope;
import net.shoal.api.net.SecureLayer;
import net.shoal.api.net.SwarmDirectory;
import net.shoal.api.net.Target;
import net.shoal.api.net.Transport;
import net.shoal.base.model.PeerAddress;
import net.shoal.base.model.PeerId;
import net.shoal.base.model.Sha1Hash;
import net.shoal.base.wire.Handshake;
import net.shoal.secure.plain.PlainLayer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(NoLeaks.class)
class GreetingTest {
    private static final Transport NOWHERE = new Nowhere();

    private final Reception reception =
            new Reception(new Fakes.ScopedNetwork(NetworkScope.INTERNET, null), SecurityPolicy.PREFER);
    private final Fakes.OneSwarm swarms = new Fakes.OneSwarm();
    private final PlainLayer plain = new PlainLayer();
    private final EmbeddedChannel channel = new EmbeddedChannel();

    GreetingTest() {
        reception.transports().add(NOWHERE, Map.of());
        reception.layers().add(plain, Map.of());
        reception.directory(swarms);
    }

    @AfterEach
    void close() {
        channel.finishAndReleaseAll();
    }

    @Test
    void handsOverWhatSpeaksPlainly() {
        welcome();
        send(bytes(Fakes.HANDSHAKE));
        var accepted = swarms.accepted.remove();
        assertThat(accepted.channel()).isSameAs(channel);
        assertThat(accepted.transport()).isEqualTo("nowhere");
        assertThat(accepted.layer()).isEqualTo("plain");
        assertThat(accepted.encrypted()).isFalse();
        assertThat(swarms.handshakes).containsExactly(Fakes.HANDSHAKE);
        assertThat(channel.config().isAutoRead()).isFalse();
        assertThat(channel.isOpen()).isTrue();
        assertThat(channel.pipeline().get(Greeting.class)).isNull();
    }

    @Test
    void losesNothingHoweverTheBeginningIsCut() {
        var input = concat(bytes(Fakes.HANDSHAKE), new byte[] {1, 2, 3, 4, 5});
        for (int first = 1; first < input.length; first++) {
            for (int second : new int[] {1, 20, 60}) {
                int cut = Math.min(first + second, input.length);
                var other = new EmbeddedChannel();
                reception.welcome(NOWHERE, other);
                other.writeInbound(Unpooled.copiedBuffer(input, 0, first));
                other.writeInbound(Unpooled.copiedBuffer(input, first, cut - first));
                other.writeInbound(Unpooled.copiedBuffer(input, cut, input.length - cut));
                assertThat(swarms.accepted.remove().channel()).isSameAs(other);
                assertThat(own(other)).containsExactly(1, 2, 3, 4, 5);
                other.finishAndReleaseAll();
            }
        }
    }

    @Test
    void takesAByteAtATime() {
        welcome();
        for (byte each : bytes(Fakes.HANDSHAKE)) {
            send(each);
        }
        assertThat(swarms.accepted).hasSize(1);
    }

    @Test
    void dropsWhatNobodyKnows() {
        welcome();
        send((byte) 'G');
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void dropsASwarmThatIsNotServed() {
        welcome();
        send(bytes(new Handshake(0, new Sha1Hash(9, 9, 9), new PeerId(new Sha1Hash(0, 0, 0)))));
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void dropsEverythingWhileThereAreNoSwarms() {
        reception.directory(null);
        welcome();
        send(bytes(Fakes.HANDSHAKE));
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void dropsWhatIsNotDoneInTime() {
        channel.freezeTime();
        welcome();
        send(Arrays.copyOf(bytes(Fakes.HANDSHAKE), Handshake.LENGTH - 1));
        channel.advanceTimeBy(Greeting.DEADLINE_MILLIS - 1, TimeUnit.MILLISECONDS);
        channel.runScheduledPendingTasks();
        assertThat(channel.isOpen()).isTrue();
        channel.advanceTimeBy(1, TimeUnit.MILLISECONDS);
        channel.runScheduledPendingTasks();
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void hasNoDeadlineOnceHandedOver() {
        channel.freezeTime();
        welcome();
        send(bytes(Fakes.HANDSHAKE));
        channel.advanceTimeBy(1, TimeUnit.HOURS);
        channel.runScheduledPendingTasks();
        assertThat(channel.isOpen()).isTrue();
    }

    @Test
    void usesOnlyWhatPolicyPermits() {
        reception.policy(SecurityPolicy.REQUIRE);
        welcome();
        send(bytes(Fakes.HANDSHAKE));
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void asksALayerOfLowerRankingOnlyAfterTheHigherSaidNo() {
        var fallback = new Masked(true);
        reception.layers().add(fallback, Map.of(SERVICE_RANKING, -1));
        welcome();
        send(Arrays.copyOf(bytes(Fakes.HANDSHAKE), 10));
        assertThat(fallback.chosen).isFalse();
        send((byte) 0);
        assertThat(fallback.chosen).isTrue();
    }

    @Test
    void letsALayerUnwrapTheBytesThatWereSniffed() {
        withMasked(true);
        welcome();
        send(masked(concat(bytes(Fakes.HANDSHAKE), new byte[] {1, 2})));
        assertThat(swarms.accepted.remove().layer()).isEqualTo("masked");
        assertThat(own(channel)).containsExactly(1, 2);
    }

    @Test
    void waitsForALayerThatTakesItsTime() {
        var layer = withMasked(false);
        welcome();
        send(masked(concat(bytes(Fakes.HANDSHAKE), new byte[] {1, 2})));
        assertThat(swarms.accepted).isEmpty();
        layer.done.complete(new SecureLayer.Secured(true, false, Optional.empty()));
        assertThat(swarms.accepted.remove().encrypted()).isTrue();
        assertThat(own(channel)).containsExactly(1, 2);
    }

    @Test
    void boundsWhatWaitsForALayer() {
        withMasked(false);
        welcome();
        for (int i = 0; i < 100 && channel.isOpen(); i++) {
            send(masked(new byte[1024]));
        }
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void dropsWhatALayerRefuses() {
        var layer = withMasked(false);
        welcome();
        send(masked(bytes(Fakes.HANDSHAKE)));
        layer.done.completeExceptionally(new IllegalStateException("not with me"));
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void containsALayerThatThrows() {
        var layer = withMasked(false);
        layer.throwing = true;
        welcome();
        send(masked(bytes(Fakes.HANDSHAKE)));
        assertThat(channel.isOpen()).isFalse();
        channel.checkException();
    }

    @Test
    void dropsALayerThatNeverDecides() {
        reception.layers().add(new Undecided(), Map.of(SERVICE_RANKING, 1));
        welcome();
        send(new byte[Greeting.MOST_SNIFFED - 1]);
        assertThat(channel.isOpen()).isTrue();
        send((byte) 0);
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void closesConnectionsOfALayerThatGoes() {
        welcome();
        send(bytes(Fakes.HANDSHAKE));
        reception.layers().remove(plain);
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void closesConnectionsOfATransportThatGoes() {
        welcome();
        reception.transports().remove(NOWHERE);
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void survivesAnyBytes() {
        var random = new Random(68);
        withMasked(true);
        for (int i = 0; i < 3_000; i++) {
            var other = new EmbeddedChannel();
            reception.welcome(NOWHERE, other);
            var input = concat(bytes(Fakes.HANDSHAKE), new byte[random.nextInt(30)]);
            if (random.nextBoolean()) {
                input = masked(input);
            }
            for (int flips = random.nextInt(3); flips > 0; flips--) {
                input[random.nextInt(input.length)] = (byte) random.nextInt();
            }
            int from = 0;
            while (from < input.length && other.isOpen()) {
                int part = 1 + random.nextInt(input.length - from);
                other.writeInbound(Unpooled.copiedBuffer(input, from, part));
                from += part;
            }
            other.checkException();
            other.finishAndReleaseAll();
        }
        swarms.accepted.clear();
    }

    private void welcome() {
        reception.welcome(NOWHERE, channel);
    }

    private void send(byte... bytes) {
        channel.writeInbound(Unpooled.copiedBuffer(bytes));
    }

    private Masked withMasked(boolean atOnce) {
        var layer = new Masked(atOnce);
        reception.layers().add(layer, Map.of());
        return layer;
    }

    /** What the owner of a channel gets once it reads. */
    private static byte[] own(EmbeddedChannel channel) {
        var got = new ByteArrayOutputStream();
        channel.pipeline().addLast(new ChannelInboundHandlerAdapter() {
            @Override
            public void channelRead(ChannelHandlerContext context, Object message) {
                var in = (ByteBuf) message;
                while (in.isReadable()) {
                    got.write(in.readByte());
                }
                in.release();
            }
        });
        channel.config().setAutoRead(true);
        channel.runPendingTasks();
        return got.toByteArray();
    }

    private static byte[] bytes(Handshake handshake) {
        var out = ByteBuffer.allocate(Handshake.LENGTH);
        handshake.write(out);
        return out.array();
    }

    private static byte[] concat(byte[] first, byte[] second) {
        var both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    /** What {@link Masked} takes: every bit turned over. */
    private static byte[] masked(byte[] bytes) {
        var out = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            out[i] = (byte) ~bytes[i];
        }
        return out;
    }

    /** Takes anything, and unmasks it by a handler at the front. */
    private static final class Masked implements SecureLayer {
        final CompletableFuture<Secured> done = new CompletableFuture<>();
        private final boolean atOnce;
        boolean chosen;
        boolean throwing;

        Masked(boolean atOnce) {
            this.atOnce = atOnce;
        }

        @Override
        public String name() {
            return "masked";
        }

        @Override
        public Sniff sniff(ByteBuf first) {
            return Sniff.YES;
        }

        @Override
        public CompletionStage<Secured> accept(Channel channel, SwarmDirectory candidates, Need need) {
            chosen = true;
            if (throwing) {
                throw new IllegalStateException("broken");
            }
            channel.pipeline().addFirst(new ChannelInboundHandlerAdapter() {
                @Override
                public void channelRead(ChannelHandlerContext context, Object message) {
                    var in = (ByteBuf) message;
                    var out = Unpooled.buffer(in.readableBytes());
                    while (in.isReadable()) {
                        out.writeByte(~in.readByte());
                    }
                    in.release();
                    context.fireChannelRead(out);
                }
            });
            return atOnce ? CompletableFuture.completedStage(new Secured(true, false, Optional.empty())) : done;
        }

        @Override
        public CompletionStage<Secured> secure(Channel channel, Target target, Need need) {
            throw new UnsupportedOperationException();
        }
    }

    private static final class Undecided implements SecureLayer {
        @Override
        public String name() {
            return "undecided";
        }

        @Override
        public Sniff sniff(ByteBuf first) {
            return Sniff.NEED_MORE;
        }

        @Override
        public CompletionStage<Secured> accept(Channel channel, SwarmDirectory candidates, Need need) {
            throw new UnsupportedOperationException();
        }

        @Override
        public CompletionStage<Secured> secure(Channel channel, Target target, Need need) {
            throw new UnsupportedOperationException();
        }
    }

    private static final class Nowhere implements Transport {
        @Override
        public String scheme() {
            return "nowhere";
        }

        @Override
        public boolean canDial(PeerAddress address) {
            return false;
        }

        @Override
        public CompletionStage<Channel> dial(PeerAddress address, DialOptions options) {
            throw new UnsupportedOperationException();
        }

        @Override
        public CompletionStage<Listener> listen(InetSocketAddress local, Consumer<Channel> inbound) {
            throw new UnsupportedOperationException();
        }
    }
}
