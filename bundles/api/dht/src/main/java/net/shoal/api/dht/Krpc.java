package net.shoal.api.dht;

import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import net.shoal.base.bencode.BDict;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The socket and the manners of the DHT (limits by address, no amplification, read-only mode) for protocols of other bundles. Their queries go by
 * names that begin with {@code sh_}.
 */
@ProviderType
public interface Krpc {
    /**
     * Answers a query from now on, until it is closed.
     *
     * @throws IllegalArgumentException if another one does, or the name is not one for others than the DHT itself
     */
    Registration register(String query, KrpcHandler handler);

    /**
     * Asks one node, within the network scope and the rates of the DHT. Fails with a {@link KrpcException} if it refuses or does not answer in time.
     *
     * @param arguments without {@code id}, which is added
     */
    CompletionStage<BDict> ask(InetSocketAddress node, String query, BDict arguments);

    /**
     * Takes part in a network with routing tables of its own.
     *
     * @param name what its queries begin with, such as {@code sh_mail_}; {@code find} behind it asks for nodes, and is answered by itself
     * @param handlers of its other queries, by their whole names. Each query of it has a {@code target} of 20 bytes; to what a handler
     *     answers the closest nodes and a token are added
     * @throws IllegalArgumentException if another one goes by that name, or one of the names is none for others than the DHT itself
     */
    Overlay join(String name, Map<String, KrpcHandler> handlers);
}
