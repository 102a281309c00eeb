/** The packaged distribution as a user meets it: unpacked, started by its script, spoken to by its commands. */
@NullMarked
package net.shoal.itests.distribution;

import org.jspecify.annotations.NullMarked;
