package net.shoal.api.transfer;

import java.nio.ByteBuffer;
import net.shoal.base.bencode.BDict;
import org.osgi.annotation.versioning.ConsumerType;

/** A {@link WireExtension} on one connection. Called on the swarm's loop; must not block. */
@ConsumerType
public interface WireSession {
    /** Adds keys of its own to our extended handshake. */
    default void contribute(BDict.Builder handshake) {}

    /** The peer's extended handshake, which names this extension. */
    void onHandshake(BDict handshake);

    /** A message of this extension. The buffer is valid during the call. */
    void onMessage(ByteBuffer payload);

    /** About once a second: time-outs and what is due. */
    default void onTick() {}

    void onClosed();
}
