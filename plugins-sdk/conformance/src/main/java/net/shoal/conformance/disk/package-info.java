/**
 * A disk in memory that fails as disks do, to see what is left of what was kept there: {@link net.shoal.conformance.disk.FragileDisk}.
 */
@NullMarked
package net.shoal.conformance.disk;

import org.jspecify.annotations.NullMarked;
