/** What others leave with a node: the peers of swarms (BEP 5, 33, 51) and signed or hashed items (BEP 44), all of it bounded, and the tokens without which nothing is taken. */
@NullMarked
package net.shoal.discovery.dht.store;

import org.jspecify.annotations.NullMarked;
