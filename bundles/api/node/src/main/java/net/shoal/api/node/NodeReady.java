package net.shoal.api.node;

import org.osgi.annotation.versioning.ProviderType;

/** There once the node is ready: it listens, and its transfers are loaded. For those who can wait, so that the start is quick. */
@ProviderType
public interface NodeReady {}
