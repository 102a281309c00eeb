/**
 * The Web API of qBittorrent, version 2, at {@code /api/v2}, for programs that know that one: Sonarr, Radarr and others. It speaks of the same
 * transfers as the console does; categories, tags and what else the engine knows nothing of are kept here. Off until it is enabled.
 */
@NullMarked
package net.shoal.ui.rpc.qbittorrent;

import org.jspecify.annotations.NullMarked;
