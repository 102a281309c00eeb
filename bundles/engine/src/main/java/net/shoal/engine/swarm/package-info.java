/** One swarm: its peers, what they are asked for and given, its content and its timers. All of it lives on one {@link net.shoal.engine.swarm.Loop} and has no locks. It knows neither Netty nor files: peers are {@link net.shoal.engine.swarm.PeerLink}s, time is the loop's, disk work goes to an executor and comes back, so that the same code runs in simulation. */
@NullMarked
package net.shoal.engine.swarm;

import org.jspecify.annotations.NullMarked;
