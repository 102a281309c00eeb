/** Whom a swarm uploads to. Decides on snapshots of the peers every ten seconds; the swarm carries the verdict out. */
@NullMarked
package net.shoal.engine.choker;

import org.jspecify.annotations.NullMarked;
