package net.shoal.engine.sim;

import static net.shoal.engine.sim.Simulation.KIB;
import static net.shoal.engine.sim.Simulation.swarm;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Duration;
import net.shoal.base.metainfo.CreateOptions.Format;
import net.shoal.base.model.Bitfield;
import net.shoal.base.model.Block;
import net.shoal.base.wire.Handshake;
import net.shoal.base.wire.Message;
import org.junit.jupiter.api.Test;

/** A line that is slow to send does not make slow what is fast to receive. */
class BacklogScenario {
    private static final int BLOCKS = 4;
    private static final int PIECE = BLOCKS * Block.SIZE;
    private static final int HALF = 32;

    @Test
    void aRequestDoesNotWaitBehindManyBlocks() {
        var sim = swarm(71).content(Format.V1, PIECE, 2 * HALF * PIECE).strangers();
        var ours = new Bitfield(2 * HALF);
        for (int piece = 0; piece < HALF; piece++) {
            ours.set(piece);
        }
        var slow = sim.rates(20 * KIB, 4096 * KIB).leecherWith(ours);
        var greedy = sim.rates(4096 * KIB, 4096 * KIB).fakePeer(Handshake.FAST);
        greedy.greet((peer, session) -> {
                    session.send(new Message.BitfieldBytes(ByteBuffer.wrap(new Bitfield(2 * HALF).toWire())));
                    session.send(Message.INTERESTED);
                    session.send(Message.UNCHOKE);
                })
                .on(Message.Unchoke.class, (session, unchoked) -> {
                    for (int block = 0; block < HALF * BLOCKS; block++) {
                        session.send(new Message.Request(block / BLOCKS, block % BLOCKS * Block.SIZE, Block.SIZE));
                    }
                });
        greedy.dial(slow);
        sim.runFor(Duration.ofSeconds(10));
        assertThat(greedy.heard(Message.Piece.class)).isNotEmpty().hasSizeLessThan(HALF * BLOCKS / 2);
        greedy.sessions().forEach(session -> session.send(new Message.Have(HALF)));
        sim.runFor(Duration.ofMillis(2_500));
        assertThat(greedy.heard(Message.Request.class)).isNotEmpty();
        sim.close();
    }
}
