/**
 * Shoal beside the clients people use: Debian's Transmission, aria2 and libtorrent, in a private network namespace, over Shoal's own tracker.
 * What one seeds the other must fetch, byte for byte. Needs Linux and root; where a program is missing the tests say which and are skipped.
 */
@NullMarked
package net.shoal.itests.interop;

import org.jspecify.annotations.NullMarked;
