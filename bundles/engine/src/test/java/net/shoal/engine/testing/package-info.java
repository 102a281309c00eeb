/** Engines on the loopback interface, with what they need beside: for tests and measurements. */
@NullMarked
package net.shoal.engine.testing;

import org.jspecify.annotations.NullMarked;
