/**
 * Runs the distribution's own bundles in an OSGi container inside the test's JVM, by Pax Exam. Pax Exam has no driver for JUnit 5, so
 * {@link net.shoal.itests.container.InNode} brings one: the test class is packed into a probe bundle and its methods run in there.
 */
@NullMarked
package net.shoal.itests.container;

import org.jspecify.annotations.NullMarked;
