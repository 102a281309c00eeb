/** The values every part of the house shares: infohashes, peer ids and addresses, the geometry of pieces and blocks, bitfields. Immutable unless said otherwise; nothing here starts a thread or touches a file. */
@Export
@Version("0.1.0")
@NullMarked
package net.shoal.base.model;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
