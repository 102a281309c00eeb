/**
 * What the hot paths cost, each by itself: the picker, the codec of the wire, bencode, hashing, and MSE (whose benchmark lies in the package of
 * what it measures). {@code ./mvnw -Pjmh verify} builds without tests and runs them all; {@code -Dshoal.jmh=Picker} those whose name has that
 * regular expression in it, and {@code "-Dshoal.jmh=Picker -f 3 -prof gc"} hands the rest to JMH as it is. The figures go to the standard output, and as
 * JSON into {@code itests/target/jmh.json}. A figure is worth as much as the machine is quiet: compare those of one run, and look at the error beside
 * each. In an ordinary build each benchmark runs once, unmeasured, so that it keeps working.
 */
@NullMarked
package net.shoal.itests.jmh;

import org.jspecify.annotations.NullMarked;
