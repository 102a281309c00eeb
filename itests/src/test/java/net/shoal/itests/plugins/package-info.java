/** Plugins: the sample, built as its README says, and broken ones; in a container, and in a packaged node. */
@NullMarked
package net.shoal.itests.plugins;

import org.jspecify.annotations.NullMarked;
