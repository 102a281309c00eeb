/** What DHT nodes say to each other (BEP 5, 32, 42, 43): addresses and messages, read from anyone's bytes and written to ours. No state. */
@NullMarked
package net.shoal.discovery.dht.krpc;

import org.jspecify.annotations.NullMarked;
