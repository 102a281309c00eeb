package net.shoal.api.dht;

import net.shoal.base.bencode.BDict;
import org.osgi.annotation.versioning.ConsumerType;

/** Answers one kind of query. Called on the loop of the DHT: returns at once. */
@ConsumerType
public interface KrpcHandler {
    /**
     * @return the values of the reply, without what the DHT adds to it
     * @throws KrpcException to refuse
     */
    BDict answer(KrpcQuery query) throws KrpcException;
}
