package net.shoal.discovery.dht.node;

import net.shoal.api.dht.KrpcException;
import net.shoal.api.dht.KrpcQuery;
import net.shoal.base.bencode.BDict;

/** Answers queries that are not the DHT's own. */
public interface ForeignHandler {
    /** True if it answers queries of this name. */
    boolean knows(String query);

    /**
     * @return the values of the reply, without {@code id}
     * @throws KrpcException to refuse
     */
    BDict answer(String name, KrpcQuery query) throws KrpcException;
}
