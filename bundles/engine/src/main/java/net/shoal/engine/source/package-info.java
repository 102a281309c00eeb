/** What a transfer fetches from beside its peers: {@link net.shoal.api.transfer.ContentSource}s, of which each becomes a peer of the swarm that has what it has and never chokes, so that picking, hashing and blame need not know of it. */
@NullMarked
package net.shoal.engine.source;

import org.jspecify.annotations.NullMarked;
