/** Message Stream Encryption, the obfuscation most BitTorrent clients speak: a Diffie-Hellman exchange without any authentication, keyed with the infohash, and RC4 or nothing for what follows. It hides from onlookers what is fetched and proves nothing. One implementation of the seam {@code secure}. */
@NullMarked
package net.shoal.secure.mse;

import org.jspecify.annotations.NullMarked;
