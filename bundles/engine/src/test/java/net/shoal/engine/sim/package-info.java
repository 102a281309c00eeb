/** Whole swarms on one thread and a virtual clock: the real swarm code above simulated links, disks and time. The same seed gives the same run. */
package net.shoal.engine.sim;
