/** Bencode (BEP 3): immutable values, a bounded reader for hostile input, a canonical writer. */
@Export
@Version("0.1.0")
@NullMarked
package net.shoal.base.bencode;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
