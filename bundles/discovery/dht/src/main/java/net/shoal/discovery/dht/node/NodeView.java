package net.shoal.discovery.dht.node;

import java.util.List;
import java.util.Optional;
import net.shoal.base.model.Sha1Hash;
import net.shoal.discovery.dht.krpc.Endpoint;
import net.shoal.discovery.dht.krpc.Family;

/**
 * How a node stands. A value.
 *
 * @param readOnly it hides from others as it seems that they cannot reach it, or because it was told to (BEP 43)
 * @param asked questions sent
 * @param received datagrams
 * @param answered questions of others that were
 * @param refused questions of others that came too fast
 * @param keys infohashes that others have announced here
 * @param peers that they named
 * @param items of BEP 44 that they left here
 */
public record NodeView(
        List<Network> networks,
        Reachable reachable,
        boolean readOnly,
        long asked,
        long received,
        long answered,
        long refused,
        int keys,
        int peers,
        int items) {
    /** Whether others reach us without our having asked them first. */
    public enum Reachable {
        UNKNOWN,
        YES,
        NO
    }

    /**
     * One of the two networks.
     *
     * @param known nodes in the table
     * @param usable of these, those that nothing is said against
     * @param depth how many first bits of the id the closest of them share
     * @param address under which others see us, without port
     */
    public record Network(Family family, Sha1Hash id, int known, int usable, int depth, Optional<Endpoint> address) {}
}
