package net.shoal.discovery.mdns;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.shoal.api.net.MulticastPlace;
import net.shoal.fuzzing.Cost;
import org.junit.jupiter.api.Test;

/** Whatever is said on the local network is read in bounded time, and what is kept of it is bounded and can be shown. */
final class DnsReaderFuzz {
    private static final long SEED = 20_261_123;
    private static final int ROUNDS = 5_000;
    private static final MulticastPlace ETH =
            new MulticastPlace("eth0", 2, false, List.of(new MulticastPlace.Subnet(address("10.0.0.1"), 24)));

    /** They see everything that comes, in the order it comes. */
    private final Neighbours neighbours = new Neighbours(name -> false, query -> require(fits(query)));

    private final Responder responder =
            new Responder("node", "host", List.of(), bound -> 0, (place, message) -> require(fits(message)));
    private long now;

    private static boolean fits(DnsMessage message) {
        return DnsWriter.write(message).remaining() <= DnsWriter.USUAL_LENGTH;
    }

    private static InetAddress address(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    @FuzzTest(maxDuration = "1m")
    void message(byte[] datagram) {
        Cost.within(datagram.length, () -> judge(datagram));
    }

    private void judge(byte[] datagram) {
        now += 100;
        responder.moveTo(List.of(ETH), 7_716, now);
        DnsReader.read(ByteBuffer.wrap(datagram)).ifPresent(message -> {
            require(message.questions().size()
                            + message.answers().size()
                            + message.authorities().size()
                    <= DnsReader.MOST_ENTRIES);
            neighbours.received(ETH, message, now);
            responder.received(ETH, message, now);
        });
        responder.tick(now);
        neighbours.tick(now);
        require(neighbours.nodes().size() <= Neighbours.MOST);
        for (var node : neighbours.nodes()) {
            require(node.addresses().size() <= Neighbours.MOST_ADDRESSES);
            require(node.name().chars().noneMatch(c -> c < ' ' || c == 0x7f || (c >= 0x202a && c <= 0x202e)));
        }
    }

    @Test
    void mutationsOfGoodMessages() {
        var random = new Random(SEED);
        for (int round = 0; round < ROUNDS; round++) {
            message(mutated(sample(random), random));
        }
    }

    private static byte[] sample(Random random) {
        var own = new OwnService(
                OwnService.SERVICE.child("n" + random.nextInt(200)),
                DnsName.of("h" + random.nextInt(9) + ".local"),
                random.nextInt(65_536),
                List.of("a=b"));
        var claim = List.<DnsRecord>of(own.srv());
        var question = List.of(new DnsMessage.Question(
                random.nextBoolean() ? OwnService.SERVICE : own.instance(), random.nextBoolean() ? 12 : 255));
        var message =
                switch (random.nextInt(4)) {
                    case 0 -> DnsMessage.query(question, List.of(), claim);
                    case 1 -> DnsMessage.query(question, own.records(ETH), List.of());
                    case 2 -> DnsMessage.response(own.farewell());
                    default -> DnsMessage.response(own.records(ETH));
                };
        var written = DnsWriter.write(message);
        var bytes = new byte[written.remaining()];
        written.get(bytes);
        return bytes;
    }

    private static byte[] mutated(byte[] bytes, Random random) {
        for (int i = random.nextInt(4); i > 0; i--) {
            bytes[random.nextInt(bytes.length)] = (byte) (random.nextBoolean() ? random.nextInt(256) : 0xc0);
        }
        return random.nextInt(6) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes;
    }

    /** Far cheaper than an assertion that could describe itself. */
    private static void require(boolean holds) {
        if (!holds) {
            throw new AssertionError("seed " + SEED);
        }
    }
}
