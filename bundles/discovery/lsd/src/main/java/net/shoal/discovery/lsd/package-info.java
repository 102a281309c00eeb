/**
 * Finds the peers of a swarm on the local network (BEP 14): what we take part in is announced to a multicast group, and what others announce
 * there is heard. {@link net.shoal.discovery.lsd.LsdDiscovery} is the service; {@link net.shoal.discovery.lsd.AnnouncePlan} decides what
 * is said when, without I/O. Where there is a group at all, the network decides ({@link net.shoal.api.net.Multicast}).
 */
@NullMarked
package net.shoal.discovery.lsd;

import org.jspecify.annotations.NullMarked;
