/**
 * The pages of the web console: native ES modules with Lit, styles, translations. What they know of the node they ask of {@code /api/v1}; who may ask is
 * the door's business ({@code net.shoal.ui.web}). Here they are only handed out.
 */
@NullMarked
package net.shoal.ui.console;

import org.jspecify.annotations.NullMarked;
