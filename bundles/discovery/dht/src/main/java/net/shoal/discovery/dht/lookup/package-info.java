/** Finds the nodes closest to a key by asking those that are known for ever closer ones (BEP 5), in spite of those that lie. No I/O. */
@NullMarked
package net.shoal.discovery.dht.lookup;

import org.jspecify.annotations.NullMarked;
