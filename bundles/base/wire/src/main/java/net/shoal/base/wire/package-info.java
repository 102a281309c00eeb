/** The peer wire protocol as records and bytes (BEP 3, 6, 10, 52), without any I/O. */
@Export
@Version("0.1.0")
@NullMarked
package net.shoal.base.wire;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
