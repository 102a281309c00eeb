/**
 * What every implementation of a contract must do, as tests: a plugin's own test extends the class for the service that it provides and
 * says how one is made. The built-in implementations pass the same. Nothing here is part of a node.
 */
@NullMarked
package net.shoal.conformance;

import org.jspecify.annotations.NullMarked;
