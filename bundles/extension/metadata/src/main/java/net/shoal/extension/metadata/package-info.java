/** Info dictionaries from peer to peer (BEP 9), so that a magnet link is enough: the extension {@code ut_metadata}, in both directions. */
@NullMarked
package net.shoal.extension.metadata;

import org.jspecify.annotations.NullMarked;
