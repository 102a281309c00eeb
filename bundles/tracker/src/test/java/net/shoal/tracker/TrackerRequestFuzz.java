package net.shoal.tracker;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;
import java.util.Random;
import net.shoal.fuzzing.Cost;
import net.shoal.fuzzing.Rounds;
import org.junit.jupiter.api.Test;

/** Whatever anybody asks ends in an answer, a refusal in words, or silence; never in more memory than is bounded. */
final class TrackerRequestFuzz {
    private static final long SEED = 20_261_122;
    private static final int ROUNDS = Rounds.of(20_000);
    private static final InetSocketAddress FROM = new InetSocketAddress(Samples.address("203.0.113.1"), 1_000);
    private static final String HASH = "info_hash=%00%11%223DUfw%88%99%AA%BB%cc%dd%ee%ff+%20_~";
    private static final List<String> TARGETS = List.of(
            "/announce?" + HASH + "&peer_id=-SH0100-abcdefghijkl&port=6881&left=0&compact=1&event=started&numwant=5",
            "/scrape?" + HASH + "&" + HASH,
            "/?x=y");

    private final ConnectionIds connections = new ConnectionIds(new SecureRandom(), 0);
    private final Limits limits = new Limits(90, 50, 500, 100, 20);
    private final Swarms swarms = Samples.swarms(limits);
    private final UdpProtocol protocol = new UdpProtocol(swarms, connections, new RateLimit(1_000_000));

    @FuzzTest(maxDuration = "1m")
    void httpRequest(byte[] target) {
        Cost.within(target.length, () -> judgeHttpRequest(target));
    }

    private void judgeHttpRequest(byte[] target) {
        try {
            var question = HttpQuestion.read(new String(target, StandardCharsets.ISO_8859_1), FROM.getAddress());
            if (question instanceof HttpQuestion.Announcing announcing) {
                var told = swarms.announce(announcing.announce(), List.of(Family.IPV4), 0);
                HttpReplies.announce(told, announcing.isCompact(), announcing.withIds(), swarms);
            } else if (question instanceof HttpQuestion.Scraping scraping) {
                HttpReplies.scrape(scraping, swarms, 0);
            }
        } catch (BadRequest e) {
            HttpReplies.failure(e.reason());
        }
        requireBounded();
    }

    @FuzzTest(maxDuration = "1m")
    void udpRequest(byte[] datagram) {
        Cost.within(datagram.length, () -> judgeUdpRequest(datagram));
    }

    private void judgeUdpRequest(byte[] datagram) {
        var unproven = protocol.handle(ByteBuffer.wrap(datagram), FROM, 0);
        require(unproven.map(ByteBuffer::remaining).orElse(0) <= datagram.length);
        var proven = ByteBuffer.wrap(datagram.clone());
        if (proven.remaining() >= 8) {
            proven.putLong(0, connections.issue(FROM.getAddress(), 0));
        }
        require(protocol.handle(proven, FROM, 0).map(ByteBuffer::remaining).orElse(0) <= 1_300);
        requireBounded();
    }

    private void requireBounded() {
        require(swarms.size() <= limits.swarms() && swarms.peers() <= limits.peers());
    }

    private static void require(boolean holds) {
        if (!holds) {
            throw new AssertionError("seed " + SEED);
        }
    }

    @Test
    void mutationsOfGoodRequests() {
        var random = new Random(SEED);
        for (int round = 0; round < ROUNDS; round++) {
            var target = TARGETS.get(random.nextInt(TARGETS.size())).getBytes(StandardCharsets.ISO_8859_1);
            for (int i = random.nextInt(4); i > 0; i--) {
                target[random.nextInt(target.length)] = (byte) random.nextInt(256);
            }
            httpRequest(
                    random.nextInt(4) == 0 ? java.util.Arrays.copyOf(target, random.nextInt(target.length)) : target);
        }
    }

    @Test
    void mutationsOfGoodDatagrams() {
        var random = new Random(SEED);
        for (int round = 0; round < ROUNDS; round++) {
            var datagram = UdpProtocolTest.announcing(0, random.nextInt(100), 1 + random.nextInt(1_000))
                    .array();
            for (int i = random.nextInt(4); i > 0; i--) {
                datagram[random.nextInt(datagram.length)] = (byte) random.nextInt(256);
            }
            udpRequest(random.nextInt(4) == 0 ? java.util.Arrays.copyOf(datagram, random.nextInt(2_000)) : datagram);
        }
    }
}
