package net.shoal.discovery.dht.node;

import java.util.Optional;
import net.shoal.api.dht.KrpcException;
import net.shoal.base.model.Sha1Hash;
import net.shoal.discovery.dht.krpc.Bencoder;
import net.shoal.discovery.dht.krpc.Endpoint;
import net.shoal.discovery.dht.krpc.KrpcMessage;

/** Answers queries that are not the DHT's own. */
public interface ForeignHandler {
    /**
     * @param self our id
     * @return the values of the reply, a whole dictionary; empty for a query that is not known here either
     * @throws KrpcException to refuse
     */
    Optional<Bencoder> answer(Sha1Hash self, Endpoint from, KrpcMessage.Query query) throws KrpcException;
}
