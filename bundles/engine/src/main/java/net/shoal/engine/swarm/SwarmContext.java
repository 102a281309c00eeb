package net.shoal.engine.swarm;

import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.function.IntSupplier;
import java.util.random.RandomGenerator;
import net.shoal.base.model.PeerId;
import net.shoal.engine.limits.NodeLimits;
import net.shoal.engine.limits.SwarmLimits;

/**
 * The world as one swarm sees it; all of it can be simulated.
 *
 * @param disk runs what blocks or takes long (reading, writing, hashing) on threads of its own
 * @param random for choices, not for secrets
 * @param dht to which peers are nodes too, perhaps
 * @param listenPort what peers can dial us at, 0 while there is nothing
 * @param node what all swarms share
 */
public record SwarmContext(
        Loop loop,
        InstantSource wallClock,
        RandomGenerator random,
        Executor disk,
        Buffers buffers,
        Dialer dialer,
        PeerId peerId,
        Extensions extensions,
        OurDht dht,
        IntSupplier listenPort,
        NodeLimits node) {
    /** What holds for each swarm, now. */
    SwarmLimits limits() {
        return node.each();
    }
}
