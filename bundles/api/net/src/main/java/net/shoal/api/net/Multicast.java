package net.shoal.api.net;

import io.netty.channel.EventLoop;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Multicast on the networks this machine is part of: a group is joined on every interface that the node listens at and the scope allows, as they
 * come and go. Never on loopback, and so never on scope {@code loopback}: no group lies within 127.0.0.0/8.
 */
@ProviderType
public interface Multicast {
    /** Where handlers are called, and their timers belong. */
    EventLoop loop();

    /** Joins at once, where there is anything to join, and until it is closed. Callable on any thread. */
    MulticastGroup join(GroupAddress address, MulticastHandler handler);
}
