package net.shoal.api.transfer;

import org.osgi.annotation.versioning.ConsumerType;

/** A whiteboard service that hears of every transfer. */
@ConsumerType
public interface TransferListener {
    /** Called on the swarm's loop: must not block. */
    void on(TransferEvent event);
}
