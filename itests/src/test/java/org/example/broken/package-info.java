/** What plugins do that nobody wants. Only ever part of a jar that a test installs. */
@NullMarked
package org.example.broken;

import org.jspecify.annotations.NullMarked;
