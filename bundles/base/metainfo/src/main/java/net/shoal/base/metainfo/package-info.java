/** What a torrent is made of: info dictionaries (v1, v2, hybrid: BEP 3, 47, 52), .torrent files, magnet links (BEP 9, 53), and their creation from files. */
@Export
@Version("0.1.0")
@NullMarked
package net.shoal.base.metainfo;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
