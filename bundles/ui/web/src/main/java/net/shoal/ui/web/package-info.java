/**
 * The door to all that the node offers by HTTP: opens the port, where it is opened for others only with a password and HTTPS, and lets nobody
 * pass who is not signed in, or whom another site has sent. What is behind the door are whiteboard servlets of other bundles.
 */
@NullMarked
package net.shoal.ui.web;

import org.jspecify.annotations.NullMarked;
