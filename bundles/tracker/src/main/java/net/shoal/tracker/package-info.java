/**
 * A tracker server, so that a group needs nothing from outside. {@link TrackerServer} is the component; {@link HttpDoor} and {@link UdpDoor} hold the
 * sockets; {@link HttpQuestion} and {@link UdpProtocol} read what anybody sends; {@link Swarms} remembers who shares what, in bounded memory.
 * All of it is confined to one event loop.
 */
@NullMarked
package net.shoal.tracker;

import org.jspecify.annotations.NullMarked;
