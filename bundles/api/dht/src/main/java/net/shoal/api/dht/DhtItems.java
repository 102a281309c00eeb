package net.shoal.api.dht;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import net.shoal.base.bencode.BValue;
import net.shoal.base.model.Sha1Hash;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Small values in the DHT (BEP 44). Anybody can read them who knows their key. Nodes forget them after two hours: whoever wants one to stay puts
 * it again every hour, or has that done ({@link #keep}). All that is found has been checked against its hash or signature.
 */
@ProviderType
public interface DhtItems {
    /** A value by the SHA-1 of its encoding; empty if no node had it. */
    CompletionStage<Optional<BValue>> get(Sha1Hash target);

    /** Of what nodes have under this key that with the highest sequence number. */
    CompletionStage<Optional<MutableItem>> newest(MutableKey key);

    /** Leaves a value that never changes with the nodes closest to its hash. Fails if it is longer than {@link MutableItem#MAX_VALUE} bytes. */
    CompletionStage<Stored> put(BValue value);

    /**
     * Leaves an item with the nodes closest to its key, those that have an older one or none.
     *
     * @param replaces the sequence number that it is meant to replace: nodes that have another one refuse
     */
    CompletionStage<Stored> publish(MutableItem item, OptionalLong replaces);

    /** Puts an item again every hour from now on, and once now, until it is closed: for who publishes it. */
    Registration keep(MutableItem item);

    /**
     * How it went.
     *
     * @param nodes how many have taken it
     * @param refusals what the others said, each once
     */
    record Stored(Sha1Hash target, int nodes, java.util.List<String> refusals) {}
}
