/** The web console's server side, as a browser or a program meets it: the packaged node, by real HTTP. */
package net.shoal.itests.web;
