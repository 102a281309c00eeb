/**
 * Watched folders: a {@code .torrent} or {@code .magnet} file that somebody puts there becomes a transfer. {@link TorrentWatch} is the
 * component; {@link Watching} looks at the folders, {@link Sources} reads what lies there, {@link AddedFiles} remembers what may not be
 * renamed. It looks every few seconds and asks for no notices of the system: those do not come from network mounts, which is
 * where such folders are, and whether a file is written to the end shows in time only.
 */
@NullMarked
package net.shoal.automation.watch;

import org.jspecify.annotations.NullMarked;
