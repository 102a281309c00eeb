package net.shoal.engine.sim;

import static net.shoal.engine.sim.Simulation.KIB;
import static net.shoal.engine.sim.Simulation.swarm;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.shoal.base.metainfo.CreateOptions.Format;
import net.shoal.base.metainfo.Metainfo;
import net.shoal.base.model.Bitfield;
import net.shoal.base.model.Sha256Hash;
import net.shoal.base.wire.ExtendedHandshake;
import net.shoal.base.wire.Message;
import net.shoal.base.wire.ProtocolException;
import net.shoal.base.wire.WireReader;
import net.shoal.base.wire.WireSink;
import net.shoal.engine.merkle.HashTrees;
import net.shoal.extension.metadata.MetadataExtension;
import net.shoal.fuzzing.Cost;
import net.shoal.fuzzing.Cost.Spent;
import net.shoal.fuzzing.Rounds;
import org.junit.jupiter.api.Test;

/** Whatever messages a peer sends, in whatever order, to a swarm with all extensions there are: it costs the connection at most. */
class ConversationFuzz {
    private static final long SEED = 0x5a11;
    private static final int PIECES = 8;
    /** One for all: what is in it does not change. */
    private final TestContent content = TestContent.of(Format.V2, 32 * KIB, 5, false, 100 * KIB, 130 * KIB);

    private Spent usual;

    @FuzzTest(maxDuration = "1m")
    void takesAnyConversation(byte[] bytes) throws Exception {
        var messages = new ArrayList<Message>();
        try {
            new WireReader().read(ByteBuffer.wrap(bytes), new Collecting(messages));
        } catch (ProtocolException e) {
            // what came before is said
        }
        judge(messages, bytes.length);
    }

    /** A swarm costs something itself: to what is said in it goes what it costs beyond one in which nothing is said. */
    private void judge(List<Message> messages, int length) {
        Cost.within(length, usual(), () -> say(messages));
    }

    private Spent usual() {
        if (usual == null) {
            say(List.of());
            usual = Spent.by(() -> say(List.of()));
        }
        return usual;
    }

    private void say(List<Message> messages) {
        var sim = swarm(9).content(content);
        sim.extension(new MetadataExtension(sim.time()::nanoTime)).pex();
        var seed = sim.seed();
        var node = sim.leecher();
        for (var other : List.of(seed, node)) {
            var peer = sim.fakePeer();
            peer.greet((self, session) -> messages.forEach(session::send));
            peer.dial(other);
        }
        sim.untilComplete(Duration.ofMinutes(10));
        sim.close();
    }

    /** What it reads, as messages that can be sent. */
    private record Collecting(List<Message> messages) implements WireSink {
        @Override
        public void onMessage(Message message) {
            if (message instanceof Message.BitfieldBytes bitfield) {
                messages.add(new Message.BitfieldBytes(copy(bitfield.bytes())));
            } else if (message instanceof Message.Extended extended) {
                messages.add(new Message.Extended(extended.id(), copy(extended.payload())));
            } else if (!(message instanceof Message.Unknown)) {
                messages.add(message);
            }
        }

        @Override
        public ByteBuffer beginBlock(int piece, int offset, int length) {
            messages.add(new Message.Piece(piece, offset, ByteBuffer.allocate(length)));
            return ByteBuffer.allocate(length);
        }

        @Override
        public void endBlock(int piece, int offset, int length) {}

        private static ByteBuffer copy(ByteBuffer bytes) {
            return ByteBuffer.allocate(bytes.remaining()).put(bytes.duplicate()).flip();
        }
    }

    @Test
    void takesRandomConversations() {
        var random = new Random(SEED);
        for (int round = 0; round < Rounds.of(150); round++) {
            var messages = new ArrayList<Message>();
            for (int i = random.nextInt(40); i >= 0; i--) {
                messages.add(message(random));
            }
            try {
                judge(messages, 0);
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("round " + round + " of seed " + SEED + ": " + messages, e);
            }
        }
    }

    private static Message message(Random random) {
        int piece = random.nextInt(PIECES + 2) - 1;
        int offset = random.nextInt(4) == 0 ? random.nextInt() : random.nextInt(3) * 16 * KIB;
        int length = random.nextInt(4) == 0 ? random.nextInt(1 << 17) + 1 : 16 * KIB;
        return switch (random.nextInt(18)) {
            case 0 -> Message.CHOKE;
            case 1, 2 -> Message.UNCHOKE;
            case 3 -> Message.INTERESTED;
            case 4 -> Message.NOT_INTERESTED;
            case 5 -> new Message.Have(Math.max(0, piece));
            case 6 -> new Message.BitfieldBytes(ByteBuffer.allocate(1 + random.nextInt(2)));
            case 7 -> new Message.Request(piece, offset, length);
            case 8 -> new Message.Piece(piece, offset, ByteBuffer.allocate(length));
            case 9 -> new Message.Cancel(piece, offset, length);
            case 10 -> Message.HAVE_ALL;
            case 11 -> new Message.RejectRequest(piece, offset, length);
            case 12 -> new Message.AllowedFast(Math.max(0, piece));
            case 13 -> new Message.SuggestPiece(Math.max(0, piece));
            case 14 -> extended(random);
            case 15 -> new Message.HashRequest(Sha256Hash.ZERO, piece, offset, length, piece);
            case 16 ->
                new Message.Hashes(
                        Sha256Hash.ZERO,
                        piece,
                        offset,
                        length,
                        0,
                        Collections.nCopies(random.nextInt(4), Sha256Hash.ZERO));
            default -> Message.HAVE_NONE;
        };
    }

    private static Message extended(Random random) {
        var dicts = List.of(
                "d1:md11:ut_metadatai1e6:ut_pexi2ee13:metadata_sizei500e4:reqqi3ee",
                "d8:msg_typei0e5:piecei0ee",
                "d8:msg_typei1e5:piecei0e10:total_sizei500ee",
                "d5:added6:abcdef7:dropped6:abcdefe",
                "de");
        var text = dicts.get(random.nextInt(dicts.size()));
        int id = random.nextInt(3) == 0 ? ExtendedHandshake.MESSAGE_ID : random.nextInt(12);
        return new Message.Extended(id, ByteBuffer.wrap(text.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1)));
    }

    @FuzzTest(maxDuration = "30s")
    void takesAnyHashes(byte[] bytes) {
        Cost.within(bytes.length, () -> {
            var trees = new HashTrees(Metainfo.of(content.metainfo().info()));
            var all = new Bitfield(content.layout().pieceCount());
            all.setAll();
            var asked = trees.request("peer", all, 0);
            var in = ByteBuffer.wrap(bytes);
            while (in.remaining() >= 5) {
                int kind = in.get();
                int number = in.getInt();
                var root = asked.map(Message.HashRequest::piecesRoot).orElse(Sha256Hash.ZERO);
                var hashes = Collections.nCopies(number & 0x3ff, Sha256Hash.ZERO);
                trees.received(
                        "peer", new Message.Hashes(root, kind & 7, number, number & 0x3ff, kind >> 3 & 7, hashes));
                trees.rejected(
                        "peer", new Message.HashReject(root, kind & 7, number, number & 0x3ff, kind >> 3 & 7), 0);
                trees.answer(new Message.HashRequest(root, kind & 7, number, number & 0xffff, kind >> 3), all);
                trees.request("peer", all, number);
            }
        });
    }

    @Test
    void takesRandomHashes() {
        var random = new Random(SEED);
        for (int round = 0; round < Rounds.of(3_000); round++) {
            var bytes = new byte[random.nextInt(60)];
            random.nextBytes(bytes);
            takesAnyHashes(bytes);
        }
    }
}
