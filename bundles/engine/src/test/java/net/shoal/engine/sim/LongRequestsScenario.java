package net.shoal.engine.sim;

import static net.shoal.engine.sim.Simulation.KIB;
import static net.shoal.engine.sim.Simulation.MIB;
import static net.shoal.engine.sim.Simulation.swarm;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import net.shoal.base.bencode.BDict;
import net.shoal.base.bencode.BencodeWriter;
import net.shoal.base.metainfo.CreateOptions.Format;
import net.shoal.base.model.Block;
import net.shoal.base.wire.ExtendedHandshake;
import net.shoal.base.wire.Message;
import net.shoal.base.wire.WireReader;
import org.junit.jupiter.api.Test;

/** Several blocks asked for at once, of peers that say that they answer it. */
class LongRequestsScenario {
    private final Simulation sim = swarm(71).content(Format.V1, 256 * KIB, 8 * MIB, 100_000);

    private FakePeer peerThatTakes(long longest) {
        var peer = sim.fakePeer();
        return peer.greet((self, session) -> {
            var handshake = BDict.builder().put("m", BDict.EMPTY).put("sh_request", longest);
            session.send(new Message.Extended(
                    ExtendedHandshake.MESSAGE_ID, ByteBuffer.wrap(BencodeWriter.write(handshake.build()))));
            session.send(Message.HAVE_ALL);
            session.send(Message.UNCHOKE);
        });
    }

    private static List<Integer> lengths(FakePeer peer) {
        return peer.heard(Message.Request.class).stream()
                .map(Message.Request::length)
                .toList();
    }

    @Test
    void whoTakesThemIsAskedForMoreAtOnceTheFasterItIs() {
        var peer = peerThatTakes(1 << 20).on(Message.Request.class, FakePeer.Session::sendBlock);
        sim.leecher();
        sim.untilComplete(Duration.ofMinutes(1));
        assertThat(lengths(peer).get(0)).isEqualTo(Block.SIZE);
        assertThat(lengths(peer)).contains(WireReader.MAX_BLOCK).allMatch(length -> length <= WireReader.MAX_BLOCK);
        sim.close();
    }

    @Test
    void nobodyIsAskedForMoreThanItTakes() {
        var peer = peerThatTakes(3 * Block.SIZE).on(Message.Request.class, FakePeer.Session::sendBlock);
        sim.leecher();
        sim.untilComplete(Duration.ofMinutes(1));
        assertThat(lengths(peer)).contains(2 * Block.SIZE).allMatch(length -> length <= 2 * Block.SIZE);
        sim.close();
    }

    @Test
    void othersAreAskedForSingleBlocks() {
        var peer = sim.fakePeer().seeds();
        sim.leecher();
        sim.untilComplete(Duration.ofMinutes(1));
        assertThat(lengths(peer)).allMatch(length -> length <= Block.SIZE);
        sim.close();
    }

    @Test
    void theAnswerMayComeInParts() {
        var peer = peerThatTakes(WireReader.MAX_BLOCK).on(Message.Request.class, (session, request) -> {
            int end = request.length();
            while (end > 0) { // the last first
                int from = (end - 1) / Block.SIZE * Block.SIZE;
                session.sendBlock(new Message.Request(request.piece(), request.offset() + from, end - from));
                end = from;
            }
        });
        var leecher = sim.leecher();
        sim.untilComplete(Duration.ofMinutes(1));
        assertThat(sim.network().bytesTo(leecher)).isLessThan(10L * MIB);
        assertThat(peer.sessions()).hasSize(1);
        sim.close();
    }

    @Test
    void whatIsRefusedIsHadFromOthers() {
        int[] refused = {0};
        peerThatTakes(WireReader.MAX_BLOCK).on(Message.Request.class, (session, request) -> {
            refused[0]++;
            session.send(new Message.RejectRequest(request.piece(), request.offset(), request.length()));
        });
        sim.seed();
        sim.leecher();
        sim.untilComplete(Duration.ofMinutes(1));
        assertThat(refused[0]).isPositive();
        sim.close();
    }

    @Test
    void aRequestForMoreThanIsEverAnsweredIsRefused() {
        var seed = sim.seed();
        var peer = sim.fakePeer();
        peer.greet((self, session) -> session.send(Message.INTERESTED))
                .on(
                        Message.Unchoke.class,
                        (session, unchoke) ->
                                session.send(new Message.Request(0, 0, WireReader.MAX_BLOCK + Block.SIZE)));
        peer.dial(seed);
        sim.runFor(Duration.ofSeconds(30));
        assertThat(peer.heard(Message.RejectRequest.class)).hasSize(1);
        assertThat(sim.network().bytesFrom(seed)).isLessThan(Block.SIZE);
        sim.close();
    }
}
