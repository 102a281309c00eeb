/**
 * Finds nodes on the local network, and lets others find this one, by multicast DNS (RFC 6762) and DNS-based service discovery (RFC 6763). A
 * node found may have what a transfer lacks, so its address is given to transfers that look for peers. Written here, as the library
 * there is keeps whatever anybody on the network sends. {@link net.shoal.discovery.mdns.Responder} and {@link
 * net.shoal.discovery.mdns.Neighbours} decide without I/O; {@link net.shoal.discovery.mdns.MdnsDiscovery} is the service.
 */
@NullMarked
package net.shoal.discovery.mdns;

import org.jspecify.annotations.NullMarked;
