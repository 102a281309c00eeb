package net.shoal.tracker;

import static net.shoal.tracker.Samples.LIMITS;
import static net.shoal.tracker.Samples.address;
import static net.shoal.tracker.Samples.hash;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class UdpProtocolTest {
    static final long PROTOCOL = 0x41727101980L;
    private static final InetSocketAddress A = new InetSocketAddress(address("203.0.113.1"), 1_000);
    private static final InetSocketAddress B = new InetSocketAddress(address("203.0.113.2"), 2_000);
    private static final InetSocketAddress SIX = new InetSocketAddress(address("2001:db8::1"), 2_000);

    private final UdpProtocol protocol =
            new UdpProtocol(Samples.swarms(LIMITS), new ConnectionIds(new SecureRandom(), 0), new RateLimit(50));

    @Test
    void givesPeersEachOthersAddresses() {
        announce(A, connect(A, 0), 1, 6_001, 0);
        var told = announce(B, connect(B, 0), 2, 6_002, 0);
        assertThat(told.getInt()).isEqualTo(1);
        assertThat(told.getInt()).isEqualTo(42);
        assertThat(told.getInt()).as("interval").isEqualTo(90);
        assertThat(told.getInt()).as("leechers").isEqualTo(2);
        assertThat(told.getInt()).as("seeds").isZero();
        var address = new byte[4];
        told.get(address);
        assertThat(address).containsExactly(203, 0, 113, 1);
        assertThat(told.getShort()).isEqualTo((short) 6_001);
        assertThat(told.hasRemaining()).isFalse();
    }

    @Test
    void answersInTheFamilyItIsAskedIn() {
        announce(A, connect(A, 0), 1, 6_001, 0);
        assertThat(announce(SIX, connect(SIX, 0), 2, 6_002, 0).remaining()).isEqualTo(20);
        var other = new InetSocketAddress(address("2001:db8::2"), 1);
        assertThat(announce(other, connect(other, 0), 3, 6_003, 0).remaining()).isEqualTo(20 + 18);
    }

    @Test
    void scrapes() {
        announce(A, connect(A, 0), 1, 6_001, 0);
        var in = ByteBuffer.allocate(56).putLong(connect(B, 0)).putInt(2).putInt(42);
        hash(99).write(in);
        hash(0).write(in);
        var out = protocol.handle(in.flip(), B, 0).orElseThrow();
        assertThat(out.remaining()).isEqualTo(8 + 24);
        assertThat(out.getInt(8 + 12 + 8)).as("leechers of the second").isEqualTo(1);
    }

    @Test
    void aConnectionIdIsForOneAddressAndTwoToFourMinutes() {
        long id = connect(A, 0);
        assertThat(announce(A, id, 1, 1, 119_000).getInt()).isEqualTo(1);
        assertThat(announce(B, id, 1, 1, 0).getInt()).isEqualTo(3);
        assertThat(announce(new InetSocketAddress(A.getAddress(), 1_001), id, 1, 1, 0)
                        .getInt())
                .as("a NAT may change the port")
                .isEqualTo(1);
        assertThat(announce(A, id, 1, 1, 230_000).getInt()).isEqualTo(1);
        assertThat(announce(A, id, 1, 1, 250_000).getInt()).isEqualTo(3);
        long late = connect(A, 1_000_000);
        assertThat(announce(A, id, 1, 1, 1_000_000).getInt()).isEqualTo(3);
        assertThat(announce(A, late, 1, 1, 1_000_000).getInt()).isEqualTo(1);
    }

    @Test
    void neverSendsMoreToAnUnprovenAddressThanItSent() {
        var random = new Random(5);
        for (int round = 0; round < 20_000; round++) {
            var in = ByteBuffer.allocate(random.nextInt(200));
            random.nextBytes(in.array());
            if (in.capacity() >= 16 && random.nextBoolean()) {
                in.putLong(0, PROTOCOL).putInt(8, random.nextInt(4));
            }
            int length =
                    protocol.handle(in, A, round).map(ByteBuffer::remaining).orElse(0);
            assertThat(length).isLessThanOrEqualTo(in.capacity());
        }
    }

    @Test
    void saysWhatIsWrongWithARequest() {
        var bad = ByteBuffer.allocate(16)
                .putLong(connect(A, 0))
                .putInt(1)
                .putInt(42)
                .flip();
        assertThat(error(protocol.handle(bad, A, 0))).isEqualTo("an announce has 98 bytes");
        assertThat(error(Optional.of(announce(A, connect(A, 0), 1, 0, 0))))
                .isEqualTo("a port is from 1 to 65535, not 0");
        assertThat(error(Optional.of(announce(A, 1, 1, 1, 0)))).isEqualTo("connect again");
        assertThat(protocol.handle(ByteBuffer.allocate(15), A, 0)).isEmpty();
        assertThat(protocol.handle(ByteBuffer.allocate(16), A, 0)).isEmpty();
    }

    @Test
    void fallsSilentTowardsWhoAsksTooMuch() {
        long id = connect(A, 0);
        int answered = 0;
        for (int i = 0; i < 1_000; i++) {
            answered += protocol.handle(announcing(id, 1, 1), A, 0).isPresent() ? 1 : 0;
        }
        assertThat(answered).isEqualTo(500);
        assertThat(protocol.handle(announcing(id, 1, 1), A, 1_000)).isPresent();
        assertThat(announce(B, connect(B, 0), 1, 1, 0).getInt())
                .as("others go on")
                .isEqualTo(1);
    }

    @Test
    void answersSoManyConnectsASecondAndNoMore() {
        int answered = 0;
        for (int i = 0; i < 10_000; i++) {
            var from = new InetSocketAddress(address("203.0.113." + i % 250), 1 + i);
            answered += protocol.handle(connecting(), from, 5_000).isPresent() ? 1 : 0;
        }
        assertThat(answered).isEqualTo(2_000);
        assertThat(protocol.handle(connecting(), A, 6_000)).isPresent();
    }

    private static String error(Optional<ByteBuffer> out) {
        var datagram = out.orElseThrow();
        assertThat(datagram.getInt()).isEqualTo(3);
        assertThat(datagram.getInt()).isEqualTo(42);
        return StandardCharsets.US_ASCII.decode(datagram).toString();
    }

    private static ByteBuffer connecting() {
        return ByteBuffer.allocate(16).putLong(PROTOCOL).putInt(0).putInt(42).flip();
    }

    private long connect(InetSocketAddress from, long now) {
        var out = protocol.handle(connecting(), from, now).orElseThrow();
        assertThat(out.remaining()).isEqualTo(16);
        assertThat(out.getInt()).isZero();
        assertThat(out.getInt()).isEqualTo(42);
        return out.getLong();
    }

    private ByteBuffer announce(InetSocketAddress from, long id, int peer, int port, long now) {
        return protocol.handle(announcing(id, peer, port), from, now).orElseThrow();
    }

    static ByteBuffer announcing(long id, int peer, int port) {
        var in = ByteBuffer.allocate(98).putLong(id).putInt(1).putInt(42);
        hash(0).write(in);
        hash(peer).write(in);
        return in.putLong(0)
                .putLong(100)
                .putLong(0)
                .putInt(2)
                .putInt(0x0a0a0a0a)
                .putInt(1)
                .putInt(-1)
                .putShort((short) port)
                .flip();
    }
}
