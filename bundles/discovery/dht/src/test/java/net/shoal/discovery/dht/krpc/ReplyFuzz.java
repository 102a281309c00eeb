package net.shoal.discovery.dht.krpc;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import net.shoal.base.bencode.BString;
import net.shoal.base.model.Sha1Hash;
import net.shoal.discovery.dht.lookup.Lookup;
import net.shoal.discovery.dht.node.DhtNode;
import net.shoal.discovery.dht.node.NodeSettings;
import net.shoal.discovery.dht.node.PeerHunt;
import net.shoal.fuzzing.Rounds;
import org.junit.jupiter.api.Test;

/** Whatever nodes answer to what we ask: walks, counts and what is left with them end, and no more is asked than of any walk. */
class ReplyFuzz {
    private static final long SEED = 0x5e9;
    private static final Endpoint FRIEND = Endpoint.v4(20 << 24 | 1, 6_881);
    private static final Sha1Hash KEY = new Sha1Hash(1, 2, 3);
    /** Questions of two walks, and of what follows them. */
    private static final int MOST = 400;

    private final Deque<Question> asked = new ArrayDeque<>();
    private int ended;

    private record Question(Endpoint to, BString transaction) {}

    @FuzzTest(maxDuration = "30s")
    void takesAnyValues(byte[] values) {
        asked.clear();
        ended = 0;
        var settings = new NodeSettings(EnumSet.allOf(Family.class), endpoint -> true, 1_000, 100_000, false);
        var node = new DhtNode(settings, new Random(SEED), this::take, 0);
        node.introduce(FRIEND);
        answer(node, 0, "d2:id20:abcdefghij0123456789e".getBytes(StandardCharsets.ISO_8859_1));
        node.peers(Family.V4, KEY, false, new PeerHunt() {
            @Override
            public void found(List<Endpoint> peers) {}

            @Override
            public void done(Lookup walk) {
                node.announce(walk, 1, true, tally -> ended++);
                node.count(walk, headcount -> {});
            }
        });
        node.items(Family.V4, KEY, OptionalLong.empty(), from -> {}, walk -> ended++);
        int questions = 0;
        for (long now = 1; now < 120_000; now += 1_000) {
            node.run(now);
            questions += answer(node, now, values);
        }
        require(questions <= MOST);
        require(ended == 2);
    }

    private void take(Endpoint to, byte[] datagram) {
        try {
            if (KrpcReader.read(ByteBuffer.wrap(datagram)) instanceof KrpcMessage.Query query) {
                asked.add(new Question(to, query.transaction()));
            }
        } catch (net.shoal.base.bencode.BencodeException e) {
            throw new AssertionError("it sends what is none", e);
        }
    }

    private int answer(DhtNode node, long now, byte[] values) {
        int count = 0;
        while (!asked.isEmpty() && count < MOST) {
            count++;
            var question = asked.remove();
            var reply = ByteBuffer.allocate(values.length + 32)
                    .put("d1:r".getBytes(StandardCharsets.ISO_8859_1))
                    .put(values)
                    .put("1:t4:".getBytes(StandardCharsets.ISO_8859_1))
                    .put(question.transaction().toBytes())
                    .put("1:y1:re".getBytes(StandardCharsets.ISO_8859_1))
                    .flip();
            node.receive(now, question.to(), reply);
        }
        return count;
    }

    private static void require(boolean holds) {
        if (!holds) {
            throw new AssertionError("seed " + SEED);
        }
    }

    @Test
    void takesMutatedValues() {
        var random = new Random(SEED);
        var id = "abcdefghij0123456789";
        var nodes = id + "\24\2\3\1\32\341" + id.replace('a', 'b') + "\24\2\4\1\32\341";
        var filter = "f".repeat(256);
        var good = List.of(
                "d2:id20:" + id + "5:nodes52:" + nodes + "5:token4:abcde",
                "d2:id20:" + id + "5:token1:a6:valuesl6:\24\1\2\3\4\0056:junk12ee",
                "d4:BFpe256:" + filter + "4:BFsd256:" + filter + "2:id20:" + id + "5:token2:abe",
                "d2:id20:" + id + "1:k32:" + id + "0123456789ab3:seqi1e3:sig64:" + "s".repeat(64)
                        + "5:token4:abcd1:vd1:ai1eee",
                "d2:id20:" + id + "4:morei1e5:nodes26:" + nodes.substring(0, 26) + "5:token4:abcde");
        for (int round = 0; round < Rounds.of(500); round++) {
            var bytes = good.get(random.nextInt(good.size())).getBytes(StandardCharsets.ISO_8859_1);
            for (int i = random.nextInt(6); i > 0; i--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            takesAnyValues(random.nextInt(8) == 0 ? Arrays.copyOf(bytes, random.nextInt(400)) : bytes);
        }
    }
}
