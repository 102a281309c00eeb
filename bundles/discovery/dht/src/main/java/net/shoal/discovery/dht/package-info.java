/** The mainline DHT as a way to find peers: {@code node} is the state machine that can do it, what is here ties it to the node's socket, clock, transfers and home. */
@NullMarked
package net.shoal.discovery.dht;

import org.jspecify.annotations.NullMarked;
