/** The words of the vocabulary, carried out: over the control socket that {@code bin/shoal} and programs speak to, and in the Gogo shell. Knows the services of the node by their API alone. */
@NullMarked
package net.shoal.ui.shell;

import org.jspecify.annotations.NullMarked;
