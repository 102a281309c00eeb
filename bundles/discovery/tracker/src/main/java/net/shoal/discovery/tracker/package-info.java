/**
 * Finds the peers of a swarm through trackers, over HTTP(S) and UDP. {@link TrackerDiscovery} is the service; an {@link AnnouncePlan}
 * decides for one transfer whom to tell what and when, without I/O; {@link Trackers} carries announces to the network, within its scope
 * and {@link TrackerReach}.
 */
@NullMarked
package net.shoal.discovery.tracker;

import org.jspecify.annotations.NullMarked;
