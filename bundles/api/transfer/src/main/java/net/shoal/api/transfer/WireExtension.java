package net.shoal.api.transfer;

import org.osgi.annotation.versioning.ConsumerType;

/** An extension of the peer wire protocol (BEP 10). A whiteboard service; service property {@value #NAME} is its name on the wire. */
@ConsumerType
public interface WireExtension {
    String NAME = "wire.extension";

    /** Such as {@code ut_metadata}. */
    String name();

    /** A connection begins. Called, like everything of the session, on the swarm's loop. */
    WireSession attach(PeerWire wire);
}
