/** What the user sees of swarms: transfers, that are added, checked, paused and removed, survive the node, and tell how they stand. */
@NullMarked
package net.shoal.engine.transfer;

import org.jspecify.annotations.NullMarked;
