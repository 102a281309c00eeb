/** The seams of moving content: the engine and the transfers it holds, how peers of a swarm are found, where pieces are kept, and extensions of the peer wire protocol. */
@Export
@Version("0.1.0")
@NullMarked
package net.shoal.api.transfer;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
