package net.shoal.api.transfer;

import java.nio.ByteBuffer;
import java.util.Collection;
import org.osgi.annotation.versioning.ProviderType;

/** One peer, as a {@link WireExtension} sees it. For use on the swarm's loop only. */
@ProviderType
public interface PeerWire {
    /** The swarm that we share with this peer. */
    SwarmView swarm();

    /** The peer itself, as it is known now. */
    ConnectedPeer peer();

    /** Sends a message of this extension; dropped where the peer has not said that it knows the extension. */
    void send(ByteBuffer payload);

    /**
     * This peer names others. They are hearsay: the engine leaves out what cannot or must not be dialled, and bounds how much of its
     * list one peer can fill. Of a private torrent nothing is taken (BEP 27).
     */
    void found(Collection<FoundPeer> peers);

    /** Ends the connection: this peer broke the protocol. */
    void reject(String reason);
}
