package net.shoal.discovery.dht.krpc;

import java.util.Optional;
import net.shoal.base.bencode.BDict;
import net.shoal.base.bencode.BString;

/** One datagram between nodes (BEP 5), read. What it holds beyond this is not judged yet. */
public sealed interface KrpcMessage {
    /** Chosen by who asks, and given back as it is. */
    BString transaction();

    /**
     * A question.
     *
     * @param length of the whole datagram, in bytes
     * @param readOnly the sender answers no questions and is nobody's node (BEP 43)
     */
    record Query(BString transaction, String name, BDict arguments, boolean readOnly, int length)
            implements KrpcMessage {}

    /**
     * An answer.
     *
     * @param seenAs the address that the answering node saw us come from (BEP 42)
     */
    record Reply(BString transaction, BDict values, Optional<Endpoint> seenAs) implements KrpcMessage {}

    /** A refusal. */
    record Refusal(BString transaction, int code, String text, Optional<Endpoint> seenAs) implements KrpcMessage {}
}
