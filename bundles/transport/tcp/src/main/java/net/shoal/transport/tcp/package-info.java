/** Peer connections over TCP, native (epoll, kqueue) where the node's event loops are: one implementation of the seam {@code transport}. */
@NullMarked
package net.shoal.transport.tcp;

import org.jspecify.annotations.NullMarked;
