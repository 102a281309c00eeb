package net.shoal.engine.sim;

import static net.shoal.engine.sim.Simulation.KIB;
import static net.shoal.engine.sim.Simulation.MIB;
import static net.shoal.engine.sim.Simulation.swarm;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.shoal.api.dht.DhtPort;
import net.shoal.base.metainfo.CreateOptions.Format;
import net.shoal.base.wire.Handshake;
import net.shoal.base.wire.Message;
import org.junit.jupiter.api.Test;

/** Peers that are nodes of the DHT tell each other their ports (BEP 5). */
class DhtPortScenario {
    private static final long DHT = Handshake.FAST | Handshake.EXTENSION_PROTOCOL | Handshake.DHT;
    private static final int OURS = 7_001;

    private final List<InetSocketAddress> named = new ArrayList<>();

    private final class FakeDht implements DhtPort {
        @Override
        public int port() {
            return OURS;
        }

        @Override
        public void named(InetSocketAddress node) {
            named.add(node);
        }
    }

    private static InetSocketAddress node(FakePeer peer, int port) {
        return new InetSocketAddress(peer.address().inet().orElseThrow().getAddress(), port);
    }

    @Test
    void whoSaysThatItKnowsTheDhtIsToldOurPortAndWeTakeItsOwn() {
        var sim = swarm(131).content(Format.V1, 64 * KIB, MIB).strangers();
        var node = sim.leecher();
        var dht = new FakeDht();
        node.dht().came(dht);
        var knows = sim.fakePeer(DHT).greet((peer, session) -> session.send(new Message.Port(9_001)));
        var does = sim.fakePeer();
        node.swarm().found(List.of(knows.address()));
        does.dial(node);
        sim.runFor(Duration.ofSeconds(10));

        assertThat(knows.heard(Message.Port.class)).containsExactly(new Message.Port(OURS));
        assertThat(does.heard(Message.Port.class)).isEmpty();
        assertThat(node.swarm()
                        .answer(new Handshake(0, node.swarm().hashes().primary().wire(), null))
                        .supports(Handshake.DHT))
                .isTrue();
        assertThat(named).containsExactly(node(knows, 9_001));
        node.dht().went(dht);
        var late = sim.fakePeer(DHT);
        late.dial(node);
        sim.runFor(Duration.ofSeconds(10));
        assertThat(late.heard(Message.Port.class)).isEmpty();
        sim.close();
    }

    @Test
    void whoNamesAThousandPortsIsTakenAtItsFirstWord() {
        var sim = swarm(132).content(Format.V1, 64 * KIB, MIB).strangers();
        var node = sim.leecher();
        node.dht().came(new FakeDht());
        var hostile = sim.fakePeer(DHT).greet((peer, session) -> {
            for (int port = 0; port < 10_000; port++) {
                session.send(new Message.Port(port));
            }
        });
        hostile.dial(node);
        sim.runFor(Duration.ofSeconds(10));

        assertThat(named).containsExactly(node(hostile, 1));
        assertThat(hostile.goodbyes()).anySatisfy(reason -> assertThat(reason).contains("port messages"));
        sim.close();
    }

    @Test
    void ofAPrivateTorrentTheDhtHearsNothing() {
        var sim =
                swarm(133).ofPrivateTorrents().content(Format.V1, 64 * KIB, MIB).strangers();
        var node = sim.leecher();
        node.dht().came(new FakeDht());
        var peer = sim.fakePeer(DHT).greet((self, session) -> session.send(new Message.Port(9_001)));
        node.swarm().foundByTracker(List.of(peer.address()));
        sim.runFor(Duration.ofSeconds(10));

        assertThat(peer.sessions()).hasSize(1);
        assertThat(peer.heard(Message.Port.class)).isEmpty();
        assertThat(named).isEmpty();
        sim.close();
    }
}
