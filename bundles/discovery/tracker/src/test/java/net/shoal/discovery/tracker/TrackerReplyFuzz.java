package net.shoal.discovery.tracker;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.shoal.base.model.RemoteText;
import net.shoal.fuzzing.Cost;
import net.shoal.fuzzing.Rounds;
import org.junit.jupiter.api.Test;

/** Whatever a tracker answers ends in a bounded reply or a failure in words. */
final class TrackerReplyFuzz {
    private static final InetSocketAddress TRACKER = new InetSocketAddress(Samples.address("203.0.113.1"), 80);
    private static final long SEED = 20_261_122;
    private static final int ROUNDS = Rounds.of(20_000);
    private static final List<String> BODIES = List.of(
            "d8:completei3e10:incompletei4e8:intervali1800e12:min intervali60e5:peers12:abcdefghijkle",
            "d8:intervali1800e5:peersld2:ip8:10.0.0.14:porti6881eed2:ip5:::1%14:porti1eeee",
            "d8:intervali9e6:peers618:abcdefghijklmnopqr10:tracker id3:abc15:warning message4:soone",
            "d14:failure reason6:closed8:retry ini5ee",
            "d5:filesd20:aaaaaaaaaaaaaaaaaaaad8:completei1e10:downloadedi2e10:incompletei3eeee");

    @FuzzTest(maxDuration = "1m")
    void httpReply(byte[] body) {
        Cost.within(body.length, () -> judgeHttpReply(body));
    }

    private static void judgeHttpReply(byte[] body) {
        try {
            var reply = HttpMessages.announceReply(ByteBuffer.wrap(body));
            require(reply.peers().size() <= CompactPeers.MAX_PEERS);
            require(reply.peers().stream()
                    .allMatch(peer -> peer.inet().orElseThrow().getPort() > 0));
            reply.warning().ifPresent(TrackerReplyFuzz::isSafe);
        } catch (TrackerFailure failure) {
            isSafe(failure.reason());
        }
        try {
            HttpMessages.scrapeReply(ByteBuffer.wrap(body), Samples.V1);
        } catch (TrackerFailure failure) {
            isSafe(failure.reason());
        }
    }

    @FuzzTest(maxDuration = "1m")
    void udpReply(byte[] datagram) {
        Cost.within(datagram.length, () -> judgeUdpReply(datagram));
    }

    private static void judgeUdpReply(byte[] datagram) {
        var sent = new ArrayList<ByteBuffer>();
        var exchanges = new UdpExchanges(new Random(1)::nextInt, (to, out) -> sent.add(out));
        var answer =
                exchanges.announce(TRACKER, Samples.url("udp://203.0.113.1:80"), Samples.request(Event.STARTED), 0);
        exchanges.received(TRACKER, ByteBuffer.wrap(datagram), 0);
        int transaction = sent.get(sent.size() - 1).getInt(12);
        exchanges.received(TRACKER, withTransaction(datagram, transaction), 0);
        exchanges.received(TRACKER, connected(transaction), 0);
        exchanges.received(
                TRACKER, withTransaction(datagram, sent.get(sent.size() - 1).getInt(12)), 0);
        answer.whenComplete((reply, problem) -> {
            if (problem != null) {
                isSafe(TrackerFailure.of(problem).reason());
            }
        });
        require(sent.size() < 6);
    }

    private static ByteBuffer connected(int transaction) {
        return ByteBuffer.allocate(16).putInt(0).putInt(transaction).putLong(5).flip();
    }

    private static ByteBuffer withTransaction(byte[] datagram, int transaction) {
        var copy = ByteBuffer.wrap(datagram.clone());
        return copy.remaining() < 8 ? copy : copy.putInt(4, transaction);
    }

    private static void isSafe(String text) {
        require(text.length() <= RemoteText.MAX_LENGTH + 1);
        require(text.chars().noneMatch(c -> c < ' ' || c == 0x7f || (c >= 0x202a && c <= 0x202e)));
    }

    /** Far cheaper than an assertion that could describe itself. */
    private static void require(boolean holds) {
        if (!holds) {
            throw new AssertionError("seed " + SEED);
        }
    }

    @Test
    void mutationsOfGoodReplies() {
        var random = new Random(SEED);
        for (int round = 0; round < ROUNDS; round++) {
            var body = BODIES.get(random.nextInt(BODIES.size())).getBytes(StandardCharsets.ISO_8859_1);
            httpReply(mutated(body, random));
        }
    }

    @Test
    void mutationsOfGoodDatagrams() {
        var random = new Random(SEED);
        for (int round = 0; round < ROUNDS; round++) {
            var datagram = new byte[random.nextInt(80)];
            random.nextBytes(datagram);
            if (datagram.length >= 4) {
                ByteBuffer.wrap(datagram).putInt(0, random.nextInt(5));
            }
            udpReply(datagram);
        }
    }

    private static byte[] mutated(byte[] body, Random random) {
        for (int i = random.nextInt(4); i >= 0; i--) {
            body[random.nextInt(body.length)] =
                    (byte) (random.nextBoolean() ? random.nextInt(256) : '0' + random.nextInt(10));
        }
        return random.nextInt(4) == 0 ? java.util.Arrays.copyOf(body, random.nextInt(body.length)) : body;
    }
}
