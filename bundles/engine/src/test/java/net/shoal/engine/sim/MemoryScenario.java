package net.shoal.engine.sim;

import static net.shoal.engine.sim.Simulation.KIB;
import static net.shoal.engine.sim.Simulation.MIB;
import static net.shoal.engine.sim.Simulation.swarm;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.shoal.base.metainfo.CreateOptions.Format;
import net.shoal.engine.limits.NodeLimits;
import net.shoal.engine.limits.SharedMemory;
import org.junit.jupiter.api.Test;

/** The memory of a node is bounded, however many transfers it has, and none waits for ever for want of it. */
class MemoryScenario {
    private static final int WRITE = 2 * MIB;
    private static final int READ = 2 * MIB;
    private static final int TRANSFERS = 8;

    private final Simulation sim =
            swarm(61).content(Format.V1, 256 * KIB, 4 * MIB).memory(WRITE, READ).rates(4 * MIB, 16 * MIB);
    private final NodeLimits node = sim.newLimits();
    private final List<SimNode> transfers = new ArrayList<>();

    private SimNode add(SimNode transfer) {
        transfers.forEach(other -> sim.network().forbid(transfer, other));
        transfers.add(transfer);
        return transfer;
    }

    private SimNode download() {
        sim.sharing(node);
        var transfer = add(sim.leecher());
        sim.sharing(null);
        return transfer;
    }

    private boolean isComplete() {
        return transfers.stream().allMatch(SimNode::isComplete);
    }

    /** The most that was used on the way. */
    private long peakUntilComplete(SharedMemory memory, Duration limit) {
        long[] peak = {0};
        sim.until(
                () -> {
                    peak[0] = Math.max(peak[0], memory.used());
                    return isComplete();
                },
                limit);
        return peak[0];
    }

    @Test
    void manyTransfersKeepWithinTheMemoryOfOne() {
        sim.seeds(3);
        for (int i = 0; i < TRANSFERS; i++) {
            download().disk().slow(Duration.ofMillis(30));
        }
        long peak = peakUntilComplete(node.writing(), Duration.ofMinutes(10));
        assertThat(peak).isBetween((long) WRITE, 2L * WRITE + TRANSFERS * 256 * KIB);
        assertThat(node.writing().used())
                .as("those that are complete hold nothing")
                .isZero();
        sim.close();
    }

    @Test
    void oneTransferMayUseAllOfIt() {
        sim.seeds(4);
        download().disk().slow(Duration.ofMillis(200));
        long peak = peakUntilComplete(node.writing(), Duration.ofMinutes(2));
        assertThat(peak).isBetween((long) WRITE, 2L * WRITE);
        sim.close();
    }

    @Test
    void aDiskThatHangsHoldsUpNoOtherTransfer() {
        // a stranger of whom nothing could be verified yet is asked for half a megabyte
        sim.seeds(6);
        var hung = download();
        hung.disk().stuck(true);
        sim.runFor(Duration.ofSeconds(20));
        assertThat(node.writing().used()).isBetween((long) WRITE, 2L * WRITE);
        var other = download();
        sim.until(other::isComplete, Duration.ofMinutes(1));
        assertThat(hung.verified()).isEmpty();
        hung.disk().stuck(false);
        sim.until(hung::isComplete, Duration.ofMinutes(1));
        assertThat(node.writing().used()).isZero();
        sim.close();
    }

    @Test
    void piecesLargerThanTheMemoryArrive() {
        sim.content(Format.V1, 4 * MIB, 16 * MIB).seeds(3);
        download();
        download();
        long peak = peakUntilComplete(node.writing(), Duration.ofMinutes(2));
        assertThat(peak).isLessThanOrEqualTo(2L * WRITE + 2 * MIB);
        sim.close();
    }

    @Test
    void whatIsReadForManyPeersOfManyTransfersIsBoundedAndGivenBack() {
        sim.content(Format.V1, 512 * KIB, 8 * MIB);
        for (int i = 0; i < 3; i++) {
            sim.sharing(node);
            var seed = add(sim.seed());
            sim.sharing(null);
            for (int j = 0; j < 3; j++) {
                var peer = sim.rates(MIB, 16 * MIB).leecher();
                transfers.stream().filter(other -> other != seed).forEach(other -> sim.network()
                        .forbid(peer, other));
                sim.leechers().stream().filter(other -> other != peer).forEach(other -> sim.network()
                        .forbid(peer, other));
            }
        }
        long[] peak = {0};
        sim.until(
                () -> {
                    peak[0] = Math.max(peak[0], node.reading().used());
                    return sim.leechers().stream().allMatch(SimNode::isComplete);
                },
                Duration.ofMinutes(2));
        assertThat(peak[0]).isBetween((long) READ, 2L * READ);
        sim.runFor(Duration.ofSeconds(40));
        assertThat(node.reading().used()).as("nobody asks for anything").isZero();
        sim.close();
    }
}
