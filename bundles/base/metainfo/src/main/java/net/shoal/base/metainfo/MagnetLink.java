package net.shoal.base.metainfo;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import net.shoal.base.model.InfoHashes;

/**
 * A magnet link (BEP 9, 53).
 *
 * @param name {@code dn}
 * @param length {@code xl}, bytes
 * @param trackers {@code tr}
 * @param webSeeds {@code ws}
 * @param peers {@code x.pe}, each {@code host:port}, unresolved: whoever dials them applies the network scope
 * @param selectOnly {@code so}, indices of files (BEP 53); empty means all
 */
public record MagnetLink(
        InfoHashes hashes,
        Optional<String> name,
        OptionalLong length,
        List<URI> trackers,
        List<URI> webSeeds,
        List<HostPort> peers,
        List<Integer> selectOnly) {
    public MagnetLink {
        trackers = List.copyOf(trackers);
        webSeeds = List.copyOf(webSeeds);
        peers = List.copyOf(peers);
        selectOnly = List.copyOf(selectOnly);
    }

    /** An address that has not been looked up; an IPv6 literal comes without brackets. */
    public record HostPort(String host, int port) {}
}
