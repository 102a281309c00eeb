package net.shoal.extension.pex;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.shoal.api.transfer.FoundPeer;
import net.shoal.api.transfer.PeerTrait;
import net.shoal.base.bencode.BencodeException;
import net.shoal.fuzzing.Cost;
import net.shoal.fuzzing.Rounds;
import org.junit.jupiter.api.Test;

/** Whatever a peer tells: it costs the connection at most, and never more is handed on than is bounded. */
class PexFuzz {
    private static final long SEED = 0xbe911;

    @FuzzTest(maxDuration = "30s")
    void takesAnyMessage(byte[] message) {
        Cost.within(message.length, () -> judgeTakesAnyMessage(message));
    }

    private static void judgeTakesAnyMessage(byte[] message) {
        var swarm = new FakeSwarm();
        new PexExtension(() -> 0).attach(swarm).onMessage(ByteBuffer.wrap(message));
        require(swarm.found.size() <= 200);
        require(swarm.found.stream()
                .allMatch(peer -> peer.address().inet().orElseThrow().getPort() != 0));
        try {
            var read = PexMessage.read(ByteBuffer.wrap(message));
            require(PexMessage.read(read.toBytes()).dropped().size()
                    == read.dropped().size());
        } catch (BencodeException e) {
            require(!swarm.rejected.isEmpty());
        }
    }

    private static void require(boolean holds) {
        if (!holds) {
            throw new AssertionError("seed " + SEED);
        }
    }

    @Test
    void takesMutatedMessages() {
        var random = new Random(SEED);
        var good = new PexMessage(
                        List.of(
                                new FoundPeer(FakeSwarm.address("203.0.113.1", 1), Set.of(PeerTrait.UTP)),
                                new FoundPeer(FakeSwarm.address("2001:db8::1", 2), Set.of())),
                        List.of(FakeSwarm.address("203.0.113.2", 3), FakeSwarm.address("2001:db8::2", 4)))
                .toBytes()
                .array();
        for (int round = 0; round < Rounds.of(50_000); round++) {
            var bytes = good.clone();
            for (int i = random.nextInt(6); i > 0; i--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            takesAnyMessage(random.nextInt(4) == 0 ? Arrays.copyOf(bytes, random.nextInt(200)) : bytes);
        }
    }
}
