package net.shoal.discovery.dht.krpc;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import net.shoal.api.dht.KrpcQuery;
import net.shoal.base.bencode.BDict;
import net.shoal.discovery.dht.node.DhtNode;
import net.shoal.discovery.dht.node.ForeignHandler;
import net.shoal.discovery.dht.node.NodeSettings;
import net.shoal.fuzzing.Cost;
import net.shoal.fuzzing.Rounds;
import org.junit.jupiter.api.Test;

/** Whatever comes to the port of the DHT: nothing escapes, nobody is sent more than 1.2 times of it, and what is sent fits a datagram. */
class KrpcFuzz {
    private static final long SEED = 0x44e05;
    private static final Endpoint STRANGER = Endpoint.v4(20 << 24 | 1, 6_881);

    @FuzzTest(maxDuration = "30s")
    void takesAnyDatagram(byte[] datagram) {
        Cost.within(datagram.length, () -> judge(datagram));
    }

    private static void judge(byte[] datagram) {
        var sent = new int[1];
        var settings = new NodeSettings(EnumSet.allOf(Family.class), endpoint -> true, 100, 100_000, false);
        var node = new DhtNode(
                settings,
                new Random(SEED),
                (to, bytes) -> {
                    require(bytes.length <= KrpcWriter.MAX_DATAGRAM);
                    sent[0] += to.equals(STRANGER) ? bytes.length : 0;
                },
                0);
        node.join("sh_", new Echo());
        for (int i = 0; i < 3; i++) {
            node.receive(i, STRANGER, ByteBuffer.wrap(datagram));
            node.run(i);
        }
        require(sent[0] <= 3 * datagram.length * 12 / 10);
    }

    /** A network of its own that gives back what it is told. */
    private static final class Echo implements ForeignHandler {
        @Override
        public boolean knows(String query) {
            return query.equals("sh_echo");
        }

        @Override
        public BDict answer(String name, KrpcQuery query) {
            return query.arguments();
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
        var id = "abcdefghij0123456789";
        var good = List.of(
                "d1:ad2:id20:" + id + "e1:q4:ping1:t2:aa1:y1:qe",
                "d1:ad2:id20:" + id + "6:target20:" + id + "4:wantl2:n42:n6ee1:q9:find_node1:t2:aa1:y1:qe",
                "d1:ad2:id20:" + id + "9:info_hash20:" + id + "6:scrapei1ee1:q9:get_peers1:t2:aa1:y1:qe",
                "d1:ad2:id20:" + id + "9:info_hash20:" + id
                        + "4:porti1e5:token4:abcde1:q13:announce_peer1:t2:aa1:y1:qe",
                "d1:ad3:casi1e2:id20:" + id + "1:k32:" + id + "0123456789ab4:salt1:s3:seqi1e3:sig64:" + "s".repeat(64)
                        + "5:token4:abcd1:vd1:ai1eee1:q3:put1:t2:aa1:y1:qe",
                "d2:ip6:abcdef1:rd2:id20:" + id + "5:nodes26:" + id
                        + "abcdef5:token1:a6:valuesl6:abcdefee1:t4:aaaa1:y1:re",
                "d1:eli201e5:ouchee1:t4:aaaa1:y1:ee",
                "d1:ad2:id20:" + id + "6:target20:" + id + "e1:q7:sh_find1:t2:aa1:y1:qe",
                "d1:ad2:id20:" + id + "6:target20:" + id + "5:token4:abcd1:v3:xyze1:q7:sh_echo1:t2:aa1:y1:qe");
        for (int round = 0; round < Rounds.of(30_000); round++) {
            var bytes = good.get(random.nextInt(good.size())).getBytes(StandardCharsets.ISO_8859_1);
            for (int i = random.nextInt(6); i > 0; i--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            takesAnyDatagram(random.nextInt(4) == 0 ? Arrays.copyOf(bytes, random.nextInt(300)) : bytes);
        }
    }
}
