/**
 * The node's own ground: its home folder and its settings. What a component can be told it describes by Metatype; from that, from
 * {@code <home>/etc/PID.cfg} and from the command line this bundle makes the ConfigAdmin configurations that components wait for, and
 * keeps them right while files are edited and bundles come and go. It imports nothing of the house but {@code api/node}.
 *
 * <p>The launcher says with framework properties where the home is ({@code shoal.home}), whether the node ends with its one command
 * ({@code shoal.temporary}) and what the command line has set ({@code shoal.settings}, a line {@code PID:KEY=VALUE} each). It also sets
 * {@code felix.cm.pm=memory}: ConfigAdmin remembers nothing, or components would start with the values of the last run.
 */
@NullMarked
package net.shoal.node;

import org.jspecify.annotations.NullMarked;
