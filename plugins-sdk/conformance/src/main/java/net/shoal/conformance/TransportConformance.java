package net.shoal.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import net.shoal.api.net.ChannelMove;
import net.shoal.api.net.DialOptions;
import net.shoal.api.net.Listener;
import net.shoal.api.net.Transport;
import net.shoal.base.model.PeerAddress;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every {@link Transport} must do, between two channels of its own on this machine. */
@Timeout(120)
public abstract class TransportConformance {
    private static final int SEED = 7716;
    private static final int SECONDS = 30;
    private static final int MANY = 150;
    private static final int SOME = 100_000;
    /** More than any socket and any channel holds on the way. */
    private static final int MUCH = 256 * 1024 * 1024;

    private static final int PART = 256 * 1024;

    private final BlockingQueue<Channel> inbound = new LinkedBlockingQueue<>();
    private final Random random = new Random(SEED);
    private Set<Thread> threadsBefore = Set.of();
    private @Nullable IoEventLoopGroup group;
    private @Nullable Transport made;

    /** Makes one on these event loops, which outlive it. */
    protected abstract Transport transport(IoEventLoopGroup loops) throws Exception;

    /** Stops it, as its component's deactivation does. */
    protected abstract void end(Transport transport) throws Exception;

    /** Event loops of a kind that it serves, at least two. */
    protected IoEventLoopGroup loops() {
        return new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory());
    }

    /** Where it is to listen, on any port. */
    protected InetSocketAddress local() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    /** How to dial what listens there. */
    protected PeerAddress addressOf(InetSocketAddress listening) {
        return PeerAddress.ip(listening);
    }

    /** Somewhere nobody answers, not even with a refusal; where there is no such place, the test is skipped. */
    protected Optional<PeerAddress> silent() throws Exception {
        return Optional.empty();
    }

    @BeforeEach
    final void open() throws Exception {
        threadsBefore = Thread.getAllStackTraces().keySet();
        var opened = loops();
        group = opened;
        made = transport(opened);
    }

    @AfterEach
    final void close() throws Exception {
        end(transport());
        group().shutdownGracefully(0, SECONDS, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    private Transport transport() {
        return there(made);
    }

    private IoEventLoopGroup group() {
        return there(group);
    }

    private static <T> T there(@Nullable T value) {
        if (value == null) {
            throw new IllegalStateException("no test runs");
        }
        return value;
    }

    @Test
    void itsSchemeIsAWordAndItDialsWhereItListens() throws Exception {
        assertThat(transport().scheme()).matches("[a-z][a-z0-9]*");
        var listener = listen();
        assertThat(listener.local().getPort()).isPositive();
        assertThat(transport().canDial(addressOf(listener.local()))).isTrue();
    }

    @Test
    void bothEndsHearEachOther() throws Exception {
        var two = two(listen());
        exchange(two.out(), two.in());
        exchange(two.in(), two.out());
    }

    @Test
    void channelsAreConnectedEmptyAndSilent() throws Exception {
        var two = two(listen());
        for (var channel : List.of(two.out(), two.in())) {
            assertThat(channel.isActive()).isTrue();
            assertThat(channel.config().isAutoRead()).isFalse();
            var handlers = channel.eventLoop().submit(() -> channel.pipeline().names());
            assertThat(handlers.get()).as("the tail is all there is").hasSize(1);
        }
    }

    @Test
    void whatIsDialledLivesOnTheLoopThatIsAskedFor() throws Exception {
        var listener = listen();
        for (int i = 0; i < 4; i++) {
            var loop = loop();
            assertThat(get(dial(listener, loop)).eventLoop()).isSameAs(loop);
        }
    }

    @Test
    void whatComesInIsGivenOutOnItsOwnLoop() throws Exception {
        var onLoop = new LinkedBlockingQueue<Boolean>();
        var listener = get(transport()
                .listen(local(), channel -> onLoop.add(channel.eventLoop().inEventLoop())));
        get(dial(listener, loop()));
        assertThat(onLoop.poll(SECONDS, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void nothingIsReadBeforeItIsAskedFor() throws Exception {
        var two = two(listen());
        var early = Reader.of(two.in(), SOME);
        var sent = send(two.out(), SOME);
        // by the time an answer has come back, what was sent before could have been read
        exchange(two.in(), two.out());
        assertThat(early.count()).isZero();
        two.in().config().setAutoRead(true);
        assertThat(early.all(SECONDS)).isEqualTo(sent);
    }

    @Test
    void aReaderThatStopsHoldsTheWriterUpAndLosesNothing() throws Exception {
        var two = two(listen());
        int sent = 0;
        while (two.out().isWritable()) {
            assertThat(sent).as("bytes on their way to nobody").isLessThan(MUCH);
            two.out().writeAndFlush(Unpooled.wrappedBuffer(new byte[PART]));
            sent += PART;
            two.out().eventLoop().submit(() -> {}).get();
        }
        var reader = Reader.of(two.in(), sent);
        two.in().config().setAutoRead(true);
        assertThat(reader.all(SECONDS)).hasSize(sent);
        quieten(two.in(), reader);
        exchange(two.out(), two.in());
        assertThat(two.out().isWritable()).isTrue();
    }

    @Test
    void whatWasSaidBeforeHangingUpIsHeard() throws Exception {
        var two = two(listen());
        var reader = Reader.of(two.in(), SOME);
        var sent = bytes(SOME);
        two.out().writeAndFlush(Unpooled.wrappedBuffer(sent)).addListener(done -> two.out()
                .close());
        two.in().config().setAutoRead(true);
        assertThat(reader.all(SECONDS)).isEqualTo(sent);
        reader.awaitClosed(SECONDS);
    }

    @Test
    void hangingUpIsHeardAtEitherEnd() throws Exception {
        var listener = listen();
        for (boolean dialler : new boolean[] {true, false}) {
            var two = two(listener);
            var staying = dialler ? two.in() : two.out();
            var reader = Reader.of(staying, 1);
            staying.config().setAutoRead(true);
            (dialler ? two.out() : two.in()).close();
            reader.awaitClosed(SECONDS);
        }
    }

    @Test
    void whereNobodyListensADialFailsInWords() throws Exception {
        var listener = listen();
        get(listener.close());
        assertThatThrownBy(() -> get(dial(listener, loop())))
                .cause()
                .isInstanceOf(IOException.class)
                .message()
                .isNotBlank();
    }

    @Test
    void aDialThatNobodyAnswersEndsInTime() throws Exception {
        var silent = silent().orElse(null);
        assumeTrue(silent != null, "no place is known where nobody answers");
        var options = new DialOptions(loop(), Optional.empty(), Duration.ofMillis(500));
        assertThatThrownBy(() -> get(transport().dial(there(silent), options)))
                .cause()
                .isInstanceOf(IOException.class);
    }

    @Test
    void aTakenAddressIsRefusedInWords() throws Exception {
        var taken = listen().local();
        assertThatThrownBy(() -> get(transport().listen(taken, inbound::add)))
                .cause()
                .isInstanceOf(IOException.class)
                .message()
                .isNotBlank();
    }

    @Test
    void aListenerThatClosesLeavesItsChannelsAndItsAddressIsFree() throws Exception {
        var listener = listen();
        var two = two(listener);
        get(listener.close());
        exchange(two.out(), two.in());
        var again = get(transport().listen(listener.local(), inbound::add));
        assertThat(again.local()).isEqualTo(listener.local());
        exchange(two(again));
    }

    @Test
    void dialsThatAreCancelledLeaveNothing() throws Exception {
        var listener = listen();
        var kept = new ArrayList<Channel>();
        for (int i = 0; i < MANY; i++) {
            var dialling = dial(listener, loop()).toCompletableFuture();
            if (!dialling.cancel(false)) {
                kept.add(dialling.get());
            }
        }
        for (var channel : kept) {
            channel.close().sync();
        }
        // one that comes after all of them
        var last = get(dial(listener, loop()));
        exchange(new Two(last, awaitRemote(last)));
        for (var channel = inbound.poll(); channel != null; channel = inbound.poll()) {
            var reader = Reader.of(channel, 1);
            channel.config().setAutoRead(true);
            if (channel.isActive()) {
                reader.awaitClosed(SECONDS);
            }
        }
    }

    @Test
    void manyChannelsDoNotDisturbEachOther() throws Exception {
        var listener = listen();
        var dialling = new ArrayList<CompletionStage<Channel>>();
        for (int i = 0; i < MANY; i++) {
            dialling.add(dial(listener, loop()));
        }
        var sent = new ArrayList<byte[]>();
        var readers = new ArrayList<Reader>();
        for (var stage : dialling) {
            var channel = get(stage);
            readers.add(Reader.of(channel, SOME / 10));
            channel.config().setAutoRead(true);
        }
        // each inbound channel says something else, and each dialler hears all of one
        for (int i = 0; i < MANY; i++) {
            sent.add(send(there(inbound.poll(SECONDS, TimeUnit.SECONDS)), SOME / 10));
        }
        for (var reader : readers) {
            assertThat(sent).contains(reader.all(SECONDS));
        }
    }

    @Test
    void channelsMoveToAnotherLoopWithAllThatIsOnItsWay() throws Exception {
        var listener = listen();
        for (int i = 0; i < 10; i++) {
            var two = two(listener);
            for (var channel : List.of(two.out(), two.in())) {
                var other = channel == two.out() ? two.in() : two.out();
                var before = send(other, SOME);
                var pending = send(channel, SOME);
                var moved = move(channel);
                var after = send(other, SOME);
                var reader = Reader.of(channel, 2 * SOME);
                var answer = Reader.of(other, SOME);
                moved.config().setAutoRead(true);
                other.config().setAutoRead(true);
                assertThat(reader.all(SECONDS)).isEqualTo(concat(before, after));
                assertThat(answer.all(SECONDS)).isEqualTo(pending);
                quieten(channel, reader);
                quieten(other, answer);
            }
        }
    }

    @Test
    void closingItClosesEverythingAndLeavesNoThread() throws Exception {
        var listener = listen();
        var two = two(listener);
        end(transport());
        assertThat(two.out().isOpen()).isFalse();
        assertThat(two.in().isOpen()).isFalse();
        assertThatThrownBy(() -> get(dial(listener, loop()))).cause().isInstanceOf(IOException.class);
        var left = new HashSet<>(Thread.getAllStackTraces().keySet());
        left.removeAll(threadsBefore);
        group().shutdownGracefully(0, SECONDS, TimeUnit.SECONDS).awaitUninterruptibly();
        for (var thread : left) {
            thread.join(TimeUnit.SECONDS.toMillis(SECONDS));
            assertThat(thread.isAlive()).as(thread.getName()).isFalse();
        }
    }

    // ---- what the tests are made of

    private record Two(Channel out, Channel in) {}

    private Listener listen() throws Exception {
        return get(transport().listen(local(), inbound::add));
    }

    private Two two(Listener listener) throws Exception {
        var out = get(dial(listener, loop()));
        return new Two(out, there(inbound.poll(SECONDS, TimeUnit.SECONDS)));
    }

    /** The inbound channel at the other end of this one, among others. */
    private Channel awaitRemote(Channel out) throws Exception {
        var others = new ArrayList<Channel>();
        try {
            while (true) {
                var in = there(inbound.poll(SECONDS, TimeUnit.SECONDS));
                if (out.localAddress().equals(in.remoteAddress())) {
                    return in;
                }
                others.add(in);
            }
        } finally {
            inbound.addAll(others);
        }
    }

    private CompletionStage<Channel> dial(Listener listener, EventLoop loop) {
        return transport()
                .dial(
                        addressOf(listener.local()),
                        new DialOptions(loop, Optional.empty(), Duration.ofSeconds(SECONDS)));
    }

    private EventLoop loop() {
        return group().next();
    }

    private Channel move(Channel channel) throws Exception {
        var to = loop();
        while (to == channel.eventLoop()) {
            to = loop();
        }
        var loop = to;
        var moving = new CompletableFuture<Channel>();
        channel.eventLoop().execute(() -> ChannelMove.to(loop, channel).whenComplete((moved, error) -> {
            if (moved == null) {
                moving.completeExceptionally(there(error));
            } else {
                moving.complete(moved);
            }
        }));
        var moved = get(moving);
        assertThat(moved.eventLoop()).isSameAs(loop);
        return moved;
    }

    private void exchange(Two two) throws Exception {
        exchange(two.out(), two.in());
        exchange(two.in(), two.out());
    }

    /** Sends some one way, with reading on for that long. */
    private void exchange(Channel from, Channel to) throws Exception {
        var reader = Reader.of(to, SOME);
        to.config().setAutoRead(true);
        var sent = send(from, SOME);
        assertThat(reader.all(SECONDS)).isEqualTo(sent);
        quieten(to, reader);
    }

    /** Turns reading off; on the loop, so that it is off afterwards. */
    private static void quieten(Channel channel, Reader reader) throws Exception {
        var quiet = new CountDownLatch(1);
        channel.eventLoop().execute(() -> {
            channel.config().setAutoRead(false);
            channel.pipeline().remove(reader);
            quiet.countDown();
        });
        assertThat(quiet.await(SECONDS, TimeUnit.SECONDS)).isTrue();
    }

    private byte[] send(Channel channel, int length) {
        var bytes = bytes(length);
        for (int from = 0; from < length; ) {
            int part = Math.min(length - from, 1 + random.nextInt(SOME));
            channel.writeAndFlush(Unpooled.wrappedBuffer(bytes, from, part));
            from += part;
        }
        return bytes;
    }

    private byte[] bytes(int length) {
        var bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[] concat(byte[] first, byte[] second) {
        var all = new byte[first.length + second.length];
        System.arraycopy(first, 0, all, 0, first.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        return all;
    }

    private static <T> T get(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(SECONDS, TimeUnit.SECONDS);
    }
}
