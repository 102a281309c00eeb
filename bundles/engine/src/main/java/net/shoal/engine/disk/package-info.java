/** The threads that may block: they read, write and hash for all swarms. */
@NullMarked
package net.shoal.engine.disk;

import org.jspecify.annotations.NullMarked;
