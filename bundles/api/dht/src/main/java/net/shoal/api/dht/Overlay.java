package net.shoal.api.dht;

import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import net.shoal.base.bencode.BDict;
import net.shoal.base.bencode.BString;
import net.shoal.base.model.Sha1Hash;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Some of the nodes of the DHT that are a network of their own: over the same sockets and with the same ids, but in routing tables of their own and with
 * queries of their own. Who is in it shows by its answers. Off local networks only nodes whose ids their addresses allow (BEP 42) come into
 * the tables. Safe for use from any thread.
 */
@ProviderType
public interface Overlay extends AutoCloseable {
    /** Addresses at which there may be nodes of it, to begin with: it finds the others by itself from there on, and remembers the latest of them. */
    void meet(Collection<InetSocketAddress> nodes);

    /** The nodes that are known to answer, those heard latest first: worth to be met again after a restart. */
    CompletionStage<List<Node>> nodes();

    /**
     * Asks ever closer nodes to a key until the closest have answered, in each of the two networks of BEP 32.
     *
     * @param query one of this network
     * @param arguments without {@code id}, {@code target} and {@code token}, which are added
     * @param replied what each node replied, as it comes; called on the loop of the DHT, returns at once
     * @return those that replied, the closest first, with whom something can be left
     */
    CompletionStage<List<Node>> walk(
            Sha1Hash target, String query, BDict arguments, BiConsumer<? super Node, ? super BDict> replied);

    /** Asks no more, answers no more and forgets whom it knew. */
    @Override
    void close();

    /**
     * One of them.
     *
     * @param token with which it believes, for some minutes, that we are where we say, for the key that it was given for
     */
    record Node(Sha1Hash id, InetSocketAddress address, Optional<BString> token) {}
}
