/**
 * What a bundle adds to the web console: pages, panels and actions, as ES modules that its own HTTP whiteboard resources and servlets serve
 * (those need no check of their own: the door lets nobody in without a session), and ways in for those who speak other programs' interfaces.
 */
@Export
@Version("0.1.0")
@NullMarked
package net.shoal.api.console;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
