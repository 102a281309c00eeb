package net.shoal.extension.metadata;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.shoal.api.transfer.ConnectedPeer;
import net.shoal.api.transfer.FoundPeer;
import net.shoal.api.transfer.PeerWire;
import net.shoal.api.transfer.SwarmView;
import net.shoal.base.bencode.BDict;
import net.shoal.base.bencode.BencodeException;
import net.shoal.base.metainfo.Info;
import net.shoal.base.model.InfoHash;
import net.shoal.base.model.InfoHashes;
import net.shoal.base.model.Sha1Hash;
import net.shoal.fuzzing.Cost;
import net.shoal.fuzzing.Rounds;
import org.junit.jupiter.api.Test;

/** Whatever a peer says of metadata: it costs the connection at most, and what is answered has a bound. */
class MetadataFuzz {
    private static final long SEED = 0xbe99;
    private static final int SIZE = 40_000;

    /** A swarm that looks for its info dictionary, and takes none. */
    private static final class Wire implements PeerWire, SwarmView {
        int sent;
        boolean rejected;

        @Override
        public SwarmView swarm() {
            return this;
        }

        @Override
        public ConnectedPeer peer() {
            throw new AssertionError("nobody's address is needed");
        }

        @Override
        public void send(ByteBuffer payload) {
            sent += payload.remaining();
        }

        @Override
        public void found(Collection<FoundPeer> peers) {
            throw new AssertionError("nobody was found");
        }

        @Override
        public void reject(String reason) {
            rejected = true;
        }

        @Override
        public InfoHashes hashes() {
            return InfoHashes.of(new InfoHash.V1(new Sha1Hash(1, 2, 3)));
        }

        @Override
        public Optional<Info> info() {
            return Optional.empty();
        }

        @Override
        public boolean offerInfoDictionary(ByteBuffer bytes) {
            return false;
        }

        @Override
        public Collection<ConnectedPeer> peers() {
            return List.of();
        }
    }

    @FuzzTest(maxDuration = "30s")
    void takesAnyMessage(byte[] message) {
        Cost.within(message.length, () -> judge(message));
    }

    private static void judge(byte[] message) {
        var wire = new Wire();
        var session = new MetadataExtension(() -> 0).attach(wire);
        session.onHandshake(BDict.builder().put("metadata_size", SIZE).build());
        int asked = wire.sent;
        session.onMessage(ByteBuffer.wrap(message));
        require(wire.sent - asked < 1_000);
        try {
            var read = MetadataMessage.read(ByteBuffer.wrap(message));
            require(!(read instanceof MetadataMessage.Data data) || data.totalSize() <= MetadataMessage.MAX_SIZE);
        } catch (BencodeException e) {
            require(wire.rejected);
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
        var good = List.of(
                MetadataMessage.request(1),
                MetadataMessage.reject(0),
                MetadataMessage.data(0, ByteBuffer.wrap(new byte[SIZE])),
                MetadataMessage.data(2, ByteBuffer.wrap(new byte[SIZE])));
        for (int round = 0; round < Rounds.of(20_000); round++) {
            var source = good.get(random.nextInt(good.size()));
            var bytes = new byte[source.remaining()];
            source.get(source.position(), bytes);
            for (int i = random.nextInt(6); i > 0; i--) {
                bytes[random.nextInt(Math.min(60, bytes.length))] = (byte) random.nextInt();
            }
            takesAnyMessage(random.nextInt(4) == 0 ? Arrays.copyOf(bytes, random.nextInt(200)) : bytes);
        }
    }
}
