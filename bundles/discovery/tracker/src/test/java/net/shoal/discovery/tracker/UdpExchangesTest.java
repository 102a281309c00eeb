package net.shoal.discovery.tracker;

import static net.shoal.discovery.tracker.Samples.address;
import static net.shoal.discovery.tracker.Samples.request;
import static net.shoal.discovery.tracker.Samples.url;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class UdpExchangesTest {
    private static final InetSocketAddress TRACKER = new InetSocketAddress(address("203.0.113.1"), 80);
    private static final TrackerUrl URL = url("udp://203.0.113.1:80/announce");

    private final Deque<ByteBuffer> sent = new ArrayDeque<>();
    private final UdpExchanges exchanges =
            new UdpExchanges(new Random(7)::nextInt, (to, datagram) -> sent.add(datagram));

    @Test
    void connectsThenAnnounces() {
        var reply = announce(URL, 0);
        var connect = sent.remove();
        assertThat(connect.remaining()).isEqualTo(16);
        assertThat(connect.getLong(0)).isEqualTo(0x41727101980L);
        connected(connect, 0x1234, 10);

        var announce = sent.remove();
        assertThat(announce.remaining()).isEqualTo(98);
        assertThat(announce.getLong(0)).isEqualTo(0x1234);
        assertThat(announce.getInt(8)).isEqualTo(UdpMessages.ANNOUNCE);
        assertThat(announce.getInt(12)).isNotEqualTo(connect.getInt(12));
        assertThat(announce.getInt(80)).as("started").isEqualTo(2);
        assertThat(announce.getInt(84)).as("no address of ours").isZero();
        answer(announced(announce.getInt(12)), 20);
        assertThat(reply.join().peers()).hasToString("[10.1.2.3:6881]");
        assertThat(reply.join().interval()).isEqualTo(1_800);
        assertThat(exchanges.isIdle()).isTrue();
    }

    @Test
    void keepsAConnectionIdForAMinute() {
        announce(URL, 0);
        connected(sent.remove(), 1, 0);
        answer(announced(sent.remove().getInt(12)), 0);

        announce(URL, 59_999);
        assertThat(sent.remove().getInt(8)).isEqualTo(UdpMessages.ANNOUNCE);
        announce(URL, 60_000);
        assertThat(sent.remove().getInt(8)).isEqualTo(UdpMessages.CONNECT);
    }

    @Test
    void asksAgainQuicklyAndGivesUp() {
        var reply = announce(URL, 0);
        sent.clear();
        exchanges.tick(1_999);
        assertThat(sent).isEmpty();
        exchanges.tick(2_000);
        assertThat(sent).hasSize(1);
        exchanges.tick(7_000);
        assertThat(sent).hasSize(2);
        exchanges.tick(22_000);
        assertThat(failure(reply)).isEqualTo("did not answer");
        assertThat(exchanges.isIdle()).isTrue();
    }

    @Test
    void believesOnlyWhoWasAsked() {
        var reply = announce(URL, 0);
        int transaction = sent.remove().getInt(12);
        var answer =
                ByteBuffer.allocate(16).putInt(0).putInt(transaction).putLong(1).flip();
        exchanges.received(new InetSocketAddress(address("203.0.113.2"), 80), answer.duplicate(), 0);
        exchanges.received(new InetSocketAddress(TRACKER.getAddress(), 81), answer.duplicate(), 0);
        exchanges.received(
                TRACKER,
                ByteBuffer.allocate(16)
                        .putInt(0)
                        .putInt(transaction + 1)
                        .putLong(1)
                        .flip(),
                0);
        assertThat(sent).isEmpty();
        answer(announced(transaction), 0);
        assertThat(reply).as("an announce while it connects").isNotDone();
        exchanges.received(TRACKER, answer, 0);
        assertThat(sent).hasSize(1);
    }

    @Test
    void passesOnWhatTheTrackerRefusesWith() {
        var reply = announce(URL, 0);
        answer(error(sent.remove().getInt(12), "closed\u0007 for today"), 0);
        assertThat(failure(reply)).isEqualTo("closed for today");
    }

    @Test
    void connectsAnewOnceWhenTheTrackerForgot() {
        var reply = announce(URL, 0);
        connected(sent.remove(), 1, 0);
        answer(error(sent.remove().getInt(12), "connection id unknown"), 0);
        var again = sent.remove();
        assertThat(again.getInt(8)).isEqualTo(UdpMessages.CONNECT);
        connected(again, 2, 0);
        answer(error(sent.remove().getInt(12), "no such torrent"), 0);
        assertThat(failure(reply)).isEqualTo("no such torrent");
    }

    @Test
    void carriesPathAndQueryInOptions() {
        var path = "/" + "k".repeat(300) + "/announce?a=b";
        announce(url("udp://203.0.113.1:80" + path), 0);
        connected(sent.remove(), 1, 0);
        var announce = sent.remove().position(98);
        var text = new StringBuilder();
        while (announce.hasRemaining()) {
            assertThat(announce.get()).isEqualTo((byte) 2);
            var part = new byte[Byte.toUnsignedInt(announce.get())];
            announce.get(part);
            text.append(new String(part, StandardCharsets.US_ASCII));
        }
        assertThat(text).hasToString(path);
    }

    private CompletableFuture<AnnounceReply> announce(TrackerUrl url, long now) {
        return exchanges.announce(TRACKER, url, request(Event.STARTED), now).toCompletableFuture();
    }

    private void connected(ByteBuffer connect, long id, long now) {
        answer(
                ByteBuffer.allocate(16)
                        .putInt(0)
                        .putInt(connect.getInt(12))
                        .putLong(id)
                        .flip(),
                now);
    }

    private void answer(ByteBuffer datagram, long now) {
        exchanges.received(TRACKER, datagram, now);
    }

    private static ByteBuffer announced(int transaction) {
        return ByteBuffer.allocate(26)
                .putInt(UdpMessages.ANNOUNCE)
                .putInt(transaction)
                .putInt(1_800)
                .putInt(3)
                .putInt(4)
                .put(new byte[] {10, 1, 2, 3})
                .putShort((short) 6881)
                .flip();
    }

    private static ByteBuffer error(int transaction, String text) {
        return ByteBuffer.allocate(100)
                .putInt(UdpMessages.ERROR)
                .putInt(transaction)
                .put(text.getBytes(StandardCharsets.UTF_8))
                .flip();
    }

    private static String failure(CompletableFuture<?> reply) {
        assertThat(reply).isCompletedExceptionally();
        return TrackerFailure.of(reply.handle((value, problem) -> problem).join())
                .reason();
    }
}
