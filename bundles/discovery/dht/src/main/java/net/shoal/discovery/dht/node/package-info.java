/**
 * A node of the mainline DHT as a state machine: what it is told is the time, the datagrams that come and what its user wants; what it gives are
 * datagrams to send and the time at which it wants to be called next. No thread, no socket, no clock: {@code DhtNode} runs on
 * virtual time by the thousand. One thread at a time.
 */
@NullMarked
package net.shoal.discovery.dht.node;

import org.jspecify.annotations.NullMarked;
