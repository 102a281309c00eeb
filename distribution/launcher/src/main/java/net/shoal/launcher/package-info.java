/** What {@code bin/shoal} runs: it decides whether a command is done here, by the running node or by a node of its own, and starts the framework with the bundles of the distribution. No bundle sees it. */
@NullMarked
package net.shoal.launcher;

import org.jspecify.annotations.NullMarked;
