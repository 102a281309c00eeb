/** The front door and the way out: listens with every transport, finds out what an inbound connection speaks and whose swarm it is for, and hands it over; dials and secures outbound ones. Also the event loops and the network scope all others go by. What the seams {@code transport} and {@code secure} offer comes and goes as services. */
@NullMarked
package net.shoal.net;

import org.jspecify.annotations.NullMarked;
