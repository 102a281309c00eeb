/** The words people steer a node with, as data: names, arguments, options, help, their parser, the replies a node gives and how those look on a terminal, in a pipe and as JSON. The launcher, the control socket and the Gogo shell all go by it. */
@Export
@Version("0.1.0")
@NullMarked
package net.shoal.base.command;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
