/** Swarms over Netty: a peer is a channel, a swarm's loop is an event loop, memory is pooled direct buffers that are filled from disk and sent without copying. */
@NullMarked
package net.shoal.engine.wire;

import org.jspecify.annotations.NullMarked;
