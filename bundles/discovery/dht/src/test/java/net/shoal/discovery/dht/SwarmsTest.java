package net.shoal.discovery.dht;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.shoal.base.bencode.BencodeException;
import net.shoal.base.model.Sha1Hash;
import net.shoal.discovery.dht.krpc.Bencoder;
import net.shoal.discovery.dht.krpc.Endpoint;
import net.shoal.discovery.dht.krpc.Family;
import net.shoal.discovery.dht.krpc.KrpcMessage;
import net.shoal.discovery.dht.krpc.KrpcReader;
import net.shoal.discovery.dht.krpc.KrpcWriter;
import net.shoal.discovery.dht.node.DhtNode;
import net.shoal.discovery.dht.node.NodeSettings;
import net.shoal.discovery.dht.table.Ids;
import net.shoal.discovery.dht.table.SecureId;
import org.junit.jupiter.api.Test;

/** Many transfers and few questions a second: a node that knows 20 others, each of which answers at once. */
class SwarmsTest {
    private static final int QUERIES_A_SECOND = 10;
    private static final int TRANSFERS = 1_000;
    /** An announce of each takes some 45 minutes at that rate. */
    private static final int HOURS = 3;

    private final Random random = new Random(1);
    private final Map<Endpoint, Sha1Hash> others = new HashMap<>();
    private final Deque<Runnable> arriving = new ArrayDeque<>();
    private final Map<Sha1Hash, Integer> announces = new HashMap<>();
    private int asked;
    private long now;
    private final DhtNode node = new DhtNode(
            new NodeSettings(Set.of(Family.V4), endpoint -> true, QUERIES_A_SECOND, 100_000, false),
            random,
            this::answer,
            0);
    private final Swarms swarms = new Swarms(node, () -> now);

    private void answer(Endpoint to, byte[] datagram) {
        try {
            if (KrpcReader.read(ByteBuffer.wrap(datagram)) instanceof KrpcMessage.Query query) {
                asked++;
                if (query.name().equals("announce_peer")) {
                    var key = query.arguments().string("info_hash").orElseThrow();
                    announces.merge(Sha1Hash.read(key.buffer()), 1, Integer::sum);
                }
                var values = new Bencoder()
                        .dict()
                        .text("id")
                        .id(others.get(to))
                        .text("token")
                        .text("t")
                        .end();
                var reply = KrpcWriter.reply(query.transaction(), values, to, 1_000);
                arriving.add(() -> node.receive(now, to, ByteBuffer.wrap(reply)));
            }
        } catch (BencodeException e) {
            throw new AssertionError(e);
        }
    }

    private void pass(long millis) {
        for (long end = now + millis; now < end; now += 100) {
            node.run(now);
            while (!arriving.isEmpty()) {
                arriving.remove().run();
            }
            swarms.tick();
        }
    }

    private void meetOthers() {
        for (int i = 0; i < 20; i++) {
            var endpoint = Endpoint.v4(20 << 24 | i << 8 | 1, 6_881);
            others.put(endpoint, SecureId.of(endpoint, random));
            node.introduce(endpoint);
            pass(1_000);
        }
        assertThat(node.usable(Family.V4)).isEqualTo(20);
    }

    @Test
    void allAreAnnouncedEquallyOftenWhereTheRateDoesNotDoForAll() {
        meetOthers();
        var keys = new ArrayList<Sha1Hash>();
        for (int i = 0; i < TRANSFERS; i++) {
            var key = Ids.random(random);
            keys.add(key);
            swarms.add(new Swarm(key, Family.V4, 6_881, peers -> {}));
        }
        asked = 0;
        pass(HOURS * 60 * 60_000L);

        var nodesTold = keys.stream()
                .map(key -> announces.getOrDefault(key, 0))
                .sorted()
                .toList();
        assertThat(nodesTold.get(0)).as("announces of whom was told least").isGreaterThanOrEqualTo(3 * 8);
        assertThat(nodesTold.get(TRANSFERS - 1) - nodesTold.get(0))
                .as("difference")
                .isLessThanOrEqualTo(2 * 8);
        assertThat(asked).isLessThanOrEqualTo(HOURS * 60 * 60 * QUERIES_A_SECOND + 200);
    }

    @Test
    void oneAloneIsAnnouncedEveryQuarterOfAnHourAndMoreOftenWhileItWantsPeers() {
        meetOthers();
        var content = new Swarm(Ids.random(random), Family.V4, 6_881, peers -> {});
        content.update(false, false, now);
        var hungry = new Swarm(Ids.random(random), Family.V4, 6_881, peers -> {});
        List.of(content, hungry).forEach(swarms::add);
        pass(60 * 60_000L);

        assertThat(announces.get(content.key) / 8).isBetween(4, 5);
        assertThat(announces.get(hungry.key) / 8).isBetween(14, 24);
    }

    @Test
    void whoListensNowhereLooksForOthersAndIsNotAnnounced() {
        meetOthers();
        asked = 0;
        var swarm = new Swarm(Ids.random(random), Family.V4, 0, peers -> {});
        swarms.add(swarm);
        pass(60 * 60_000L);

        assertThat(announces).isEmpty();
        assertThat(asked).isBetween(100, 1_000);
        assertThat(swarm.status(now).orElseThrow().message()).contains("not announced");
    }

    @Test
    void whatIsClosedIsNotAnnouncedAnyMore() {
        meetOthers();
        var swarm = new Swarm(Ids.random(random), Family.V4, 6_881, peers -> {});
        swarms.add(swarm);
        swarms.remove(swarm);
        pass(60_000);

        assertThat(announces).isEmpty();
    }
}
