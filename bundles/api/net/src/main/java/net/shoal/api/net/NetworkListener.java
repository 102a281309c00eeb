package net.shoal.api.net;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Hears that this machine's network is not what it was: an interface or an address has come or gone, or the machine has slept. Connections
 * may be dead without anybody having said so, and what could not be reached may be there now. It says no more than that, and may say it
 * once too often; what is done about it should cost little.
 */
@ConsumerType
public interface NetworkListener {
    /** Called on a thread of the network's own; returns at once. */
    void networkChanged();
}
