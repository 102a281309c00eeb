/** Which blocks to ask which peer for. One picker a swarm, on the swarm's loop; it knows nothing of connections, disks or time. */
@NullMarked
package net.shoal.engine.picker;

import org.jspecify.annotations.NullMarked;
