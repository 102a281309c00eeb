package net.shoal.discovery.dht.sim;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Random;
import net.shoal.discovery.dht.krpc.Endpoint;
import net.shoal.discovery.dht.krpc.Family;
import net.shoal.discovery.dht.lookup.Lookup;
import net.shoal.discovery.dht.node.PeerHunt;
import net.shoal.discovery.dht.table.Ids;
import org.junit.jupiter.api.Test;

/** What a lookup costs the node that makes it. */
class LookupCostTest {
    private static final int NODES = 400;
    private static final int LOOKUPS = 50;
    private static final long MOST = 200_000;
    /** Of 95 lookups of 100 among 10,000 nodes. */
    private static final int QUESTIONS = 25;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final SimDht net = new SimDht(new SimDht.Shape(NODES, 1, 0, Long.MAX_VALUE, 9));
    private long allocated;
    private int asked;

    private void meter(Runnable task) {
        long before = threads.getCurrentThreadAllocatedBytes();
        task.run();
        allocated += threads.getCurrentThreadAllocatedBytes() - before;
    }

    private void lookUp(SimNode who) {
        var done = new boolean[1];
        var key = Ids.random(new Random(net.random.nextLong()));
        var hunt = new PeerHunt() {
            @Override
            public void found(List<Endpoint> peers) {}

            @Override
            public void done(Lookup walk) {
                asked += walk.asked();
                done[0] = true;
            }
        };
        meter(() -> who.node.peers(Family.V4, key, false, hunt));
        who.rearm();
        net.runWhile(() -> !done[0]);
    }

    @Test
    void aLookupAllocatesLittle() {
        net.populate(2 * SimDht.MINUTE);
        net.run(net.now + 5 * SimDht.MINUTE);
        var who = net.alive.get(NODES / 2);
        who.meter(this::meter);
        for (int i = 0; i < LOOKUPS; i++) {
            lookUp(who);
        }
        allocated = 0;
        asked = 0;
        for (int i = 0; i < LOOKUPS; i++) {
            lookUp(who);
        }

        long each = allocated / asked;
        System.out.printf("a lookup of %d questions allocates %,d bytes%n", QUESTIONS, QUESTIONS * each);
        assertThat(QUESTIONS * each).isLessThan(MOST);
    }
}
