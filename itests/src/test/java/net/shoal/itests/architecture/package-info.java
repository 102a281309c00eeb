/**
 * Holds the house to its plan: the arrows between bundles, their names, and what base code may not do. The rules read manifests and class
 * files, never sources, so they see what is shipped.
 */
@NullMarked
package net.shoal.itests.architecture;

import org.jspecify.annotations.NullMarked;
