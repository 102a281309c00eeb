/**
 * The interface under the web console, for whoever wants to drive a node by HTTP: {@code /api/v1} as {@code openapi.json} describes it, what
 * happens as it happens, the content of transfers, and figures for Prometheus. Behind the door: who gets here is signed in.
 */
@NullMarked
package net.shoal.ui.rest;

import org.jspecify.annotations.NullMarked;
