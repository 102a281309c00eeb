package net.shoal.discovery.dht.node;

import java.util.Set;
import java.util.function.Predicate;
import net.shoal.discovery.dht.krpc.Endpoint;
import net.shoal.discovery.dht.krpc.Family;

/**
 * How a node behaves.
 *
 * @param families the networks it is in
 * @param permits the addresses that the network scope allows; nobody else is heard, asked or told of
 * @param queries a second, at most, over all
 * @param bytes of replies a second, at most
 * @param readOnly true to answer nobody (BEP 43); otherwise only for as long as it seems that nobody reaches us
 */
public record NodeSettings(
        Set<Family> families, Predicate<Endpoint> permits, double queries, double bytes, boolean readOnly) {
    public NodeSettings {
        families = Set.copyOf(families);
    }
}
