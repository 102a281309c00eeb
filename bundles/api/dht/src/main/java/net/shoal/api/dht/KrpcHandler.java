package net.shoal.api.dht;

import java.net.InetSocketAddress;
import net.shoal.base.bencode.BDict;
import org.osgi.annotation.versioning.ConsumerType;

/** Answers one kind of query. Called on the loop of the DHT: returns at once. */
@ConsumerType
public interface KrpcHandler {
    /**
     * @param arguments as they came, from anybody: everything in them is to be checked
     * @return the values of the reply, without {@code id}
     * @throws KrpcException to refuse
     */
    BDict answer(InetSocketAddress from, BDict arguments) throws KrpcException;
}
