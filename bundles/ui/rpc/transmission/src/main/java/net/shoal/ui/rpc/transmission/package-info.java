/**
 * The interface of Transmission (its RPC, versions up to 17) on top of a node, for the programs that speak to Transmission: one servlet behind
 * the console's door, with a login of its own. A tiny component listens to the setting; the rest is there while that says so.
 */
@NullMarked
package net.shoal.ui.rpc.transmission;

import org.jspecify.annotations.NullMarked;
