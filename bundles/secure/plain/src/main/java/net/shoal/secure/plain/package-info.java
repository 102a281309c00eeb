/** The secure layer that secures nothing: the peer wire protocol as it is, which every client speaks. Beside it in the seam {@code secure} belong MSE and TLS. */
@NullMarked
package net.shoal.secure.plain;

import org.jspecify.annotations.NullMarked;
