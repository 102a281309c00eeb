/**
 * What the user offers. A share is a transfer like any other, of content that lies where the user keeps it: here it is hashed (or an existing
 * metainfo taken), handed to the engine, and given a link once it is really being served. The engine keeps shares over restarts; nothing
 * is kept here.
 */
@NullMarked
package net.shoal.library;

import org.jspecify.annotations.NullMarked;
