/**
 * Installs, starts, replaces and removes bundles that others made, at runtime. The folder {@code <home>/plugins} and the small
 * {@code plugins.json} in it are the truth; the framework's cache is filled from it at each start. A jar is read whole and judged before
 * anything of it is loaded. One that fails at start is named; one that fails again, hangs or takes the node with it is quarantined.
 *
 * <p>Whoever needs to know more than the api tells of plugins does it wrong: to the rest of the house a plugin is its services.
 */
@NullMarked
package net.shoal.plugins;

import org.jspecify.annotations.NullMarked;
