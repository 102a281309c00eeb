/**
 * What all transfers of a node share and none may take for itself: payload a second, connections, memory. Shared parts are safe for use from
 * any thread and are asked seldom (for a quantum, a span, a connection at a time); what is asked for each block lies in the swarms.
 */
@NullMarked
package net.shoal.engine.limits;

import org.jspecify.annotations.NullMarked;
