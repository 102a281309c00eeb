/**
 * The mainline DHT towards other bundles: {@link DhtItems} keeps and finds small values (BEP 44), {@link Krpc} lets others speak protocols of their
 * own over the same socket, {@link DhtPort} is for connections with peers.
 */
@Export
@Version("0.1.0")
@NullMarked
package net.shoal.api.dht;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
