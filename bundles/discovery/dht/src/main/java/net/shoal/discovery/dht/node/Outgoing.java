package net.shoal.discovery.dht.node;

import net.shoal.discovery.dht.krpc.Endpoint;

/** Where a node puts its datagrams; each may get lost. */
public interface Outgoing {
    void send(Endpoint to, byte[] datagram);
}
