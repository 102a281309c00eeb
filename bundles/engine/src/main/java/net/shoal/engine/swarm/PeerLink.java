package net.shoal.engine.swarm;

import net.shoal.base.model.PeerAddress;
import net.shoal.base.wire.Message;

/**
 * A connection to one peer after the handshake, whatever carries it. For use on the swarm's loop only. What is sent goes out in
 * order, gathered, at the latest when the loop has nothing else to do.
 */
public interface PeerLink {
    PeerAddress address();

    /** Scheme of the transport. */
    String transport();

    /** Name of the secure layer. */
    String security();

    /** True if nobody on the way can read what is said. */
    boolean encrypted();

    /** True if the peer dialled us. */
    boolean inbound();

    /** What is at the other end. */
    default Kind kind() {
        return Kind.PEER;
    }

    /** Who can be at the other end. */
    enum Kind {
        PEER,
        /** No peer, but something that is best read in long runs of pieces, such as a web server. */
        SOURCE,
        /** Another transfer of this node: what comes from there has not come over the network. */
        SIBLING
    }

    /** From now on what arrives goes to {@code events}, as long as reading is on (which it is at first). */
    void start(LinkEvents events);

    /** Any message but a block. */
    void send(Message message);

    /** A {@code Piece} message whose payload lies at {@code from} in {@code data}; the link keeps a reference until it is sent. */
    void sendBlock(int piece, int offset, int length, SharedBuffer data, int from);

    /** False while more waits to be sent than is good; {@link LinkEvents#onWritable} tells when that is over. */
    boolean isWritable();

    /** So many bytes may wait before {@link #isWritable} says no. They hold up all that is said after them, requests and chokes too. */
    default void mayWait(int bytes) {}

    /** Off: nothing more is taken from the network, so the peer is held up. */
    void setReading(boolean on);

    /** Ends it; {@link LinkEvents#onClosed} follows, but never from within this call. */
    void close(String reason);
}
