/** Which transfers of the node are at work and which wait: their order, the rule that gives turns, and who counts. */
@NullMarked
package net.shoal.engine.queue;

import org.jspecify.annotations.NullMarked;
