/**
 * A little content moves from one engine to another, both of them made for it, before a node says that it is ready: the Java machine has then
 * loaded and compiled what the first real transfer needs, which begins at once instead of after a quarter of a second. Nobody sees it.
 */
@NullMarked
package net.shoal.engine.rehearsal;

import org.jspecify.annotations.NullMarked;
