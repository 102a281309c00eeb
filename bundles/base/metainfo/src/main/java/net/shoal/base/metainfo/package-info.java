/**
 * What a torrent is made of: info dictionaries (v1, v2, hybrid: BEP 3, 47, 52), .torrent files, magnet links (BEP 9, 53), and their creation from
 * files. Readers take bytes from anyone and refuse in sentences. No I/O but for {@link net.shoal.base.metainfo.FileWalk}, which lists and opens the
 * files below the path it is given; no threads but those of the executor that is passed in.
 */
@Export
@Version("0.1.0")
@NullMarked
package net.shoal.base.metainfo;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
