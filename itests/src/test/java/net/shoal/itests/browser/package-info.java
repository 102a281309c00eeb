/**
 * The console as people meet it: a browser, at phone and desktop width, at nodes of the packaged distribution. What needs much data, or data that no
 * real node has at hand, is shown by a {@link net.shoal.itests.browser.FakeNode}.
 */
@NullMarked
package net.shoal.itests.browser;

import org.jspecify.annotations.NullMarked;
