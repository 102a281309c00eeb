package net.shoal.discovery.dht.node;

import java.util.List;
import java.util.Optional;
import net.shoal.base.model.Sha1Hash;
import net.shoal.discovery.dht.krpc.Endpoint;
import net.shoal.discovery.dht.krpc.Family;

/**
 * How a node stands. A value.
 *
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

    /** In any network. */
    public Reachable reachable() {
        var all = networks.stream().map(Network::reachable).toList();
        return all.contains(Reachable.YES)
                ? Reachable.YES
                : all.contains(Reachable.NO) ? Reachable.NO : Reachable.UNKNOWN;
    }

    /** It hides from others, wherever it knows any. */
    public boolean readOnly() {
        boolean hidesAnywhere = networks.stream().anyMatch(Network::readOnly);
        return hidesAnywhere && networks.stream().allMatch(network -> network.readOnly() || network.usable() == 0);
    }

    /**
     * One of the two networks.
     *
     * @param known nodes in the table
     * @param usable of these, those that nothing is said against
     * @param depth how many first bits of the id the closest of them share
     * @param address under which others see us, without port
     * @param readOnly it hides from others as it seems that they cannot reach it, or because it was told to (BEP 43)
     */
    public record Network(
            Family family,
            Sha1Hash id,
            int known,
            int usable,
            int depth,
            Optional<Endpoint> address,
            Reachable reachable,
            boolean readOnly) {}
}
