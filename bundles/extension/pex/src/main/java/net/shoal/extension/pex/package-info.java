/** Peers tell each other whom they are connected to (BEP 11): the extension {@code ut_pex}, in both directions; never for private torrents. */
@NullMarked
package net.shoal.extension.pex;

import org.jspecify.annotations.NullMarked;
