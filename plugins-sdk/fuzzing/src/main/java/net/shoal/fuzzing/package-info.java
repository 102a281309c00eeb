/** What an input from a stranger may cost: for the harnesses of fuzz targets, Shoal's and those of plugins. Nothing here is part of a node. */
@NullMarked
package net.shoal.fuzzing;

import org.jspecify.annotations.NullMarked;
