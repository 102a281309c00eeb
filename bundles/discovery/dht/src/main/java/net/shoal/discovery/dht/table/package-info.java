/** The nodes that a node knows: ids and the distance between them (BEP 5), what an address allows an id to be (BEP 42), and the table of those that answer. */
@NullMarked
package net.shoal.discovery.dht.table;

import org.jspecify.annotations.NullMarked;
