/** What a component may know of the node it runs in: where the home is, what its settings are, and which plugins it has. */
@Export
@Version("0.1.0")
@NullMarked
package net.shoal.api.node;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
