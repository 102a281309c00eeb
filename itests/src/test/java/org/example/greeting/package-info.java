/** A plugin that adds a page to the console. */
@NullMarked
package org.example.greeting;

import org.jspecify.annotations.NullMarked;
