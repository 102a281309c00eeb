/** What a user offers to others: shares, made from files and folders. */
@Export
@Version("0.1.0")
@NullMarked
package net.shoal.api.library;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
