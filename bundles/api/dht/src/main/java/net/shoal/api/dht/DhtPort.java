package net.shoal.api.dht;

import java.net.InetSocketAddress;
import org.osgi.annotation.versioning.ProviderType;

/** What peers tell each other of the DHT on their connections (BEP 5): a peer is often a node too. Safe for use from any thread. */
@ProviderType
public interface DhtPort {
    /** The UDP port at which other nodes reach this one; 0 where there is nothing for them, as where it hides or is switched off. */
    int port();

    /**
     * A peer says that at this address there is a node, which is asked whether that is so, unless enough are known or too many are named. Only
     * for an address that the connection itself has shown: what a peer says of others is no reason to send something there.
     */
    void named(InetSocketAddress node);
}
