/** Moves content: publishes the transfer engine and tells the front door whose swarm a connection is for. */
@NullMarked
package net.shoal.engine;

import org.jspecify.annotations.NullMarked;
