/**
 * A plugin for Shoal, as an example to begin from: a way to keep content ({@link org.example.shoal.pack.PackStorage}), with a setting, and
 * two commands for the shell ({@link org.example.shoal.pack.PackCommands}). Nothing of it is exported; the node finds it by its services.
 */
package org.example.shoal.pack;
