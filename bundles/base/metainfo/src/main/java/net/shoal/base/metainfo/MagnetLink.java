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

    /**
     * Reads a link. Trackers, web seeds and peers that cannot be understood are left out, as are parameters nobody knows.
     *
     * @throws IllegalArgumentException with a sentence, if it is no magnet link or names no torrent
     */
    public static MagnetLink parse(String link) {
        return new MagnetParser().parse(link);
    }

    /**
     * Reads a bare infohash: 40 hexadecimal digits or 32 of base32 (v1), 64 hexadecimal digits (v2), also with the {@code 1220} of a
     * multihash before them.
     *
     * @throws IllegalArgumentException with a sentence
     */
    public static InfoHashes parseInfoHash(String text) {
        return MagnetParser.infoHash(text);
    }

    /** Of an infohash and nothing else. */
    public static MagnetLink of(InfoHashes hashes) {
        return new MagnetLink(
                hashes, Optional.empty(), OptionalLong.empty(), List.of(), List.of(), List.of(), List.of());
    }

    /** What leads to this torrent: its name, length, trackers and web seeds, and these peers. */
    public static MagnetLink of(Metainfo metainfo, List<HostPort> peers) {
        var info = metainfo.info();
        return new MagnetLink(
                info.hashes(),
                Optional.of(info.name()),
                OptionalLong.of(info.contentLength()),
                metainfo.trackers().stream().flatMap(List::stream).toList(),
                metainfo.webSeeds(),
                peers,
                List.of());
    }

    /** The link itself. */
    @Override
    public String toString() {
        return new MagnetWriter().write(this);
    }

    /** An address that has not been looked up; an IPv6 literal comes without brackets. */
    public record HostPort(String host, int port) {
        /** @throws IllegalArgumentException with a sentence, if it is not {@code HOST:PORT} or {@code [IPV6]:PORT} */
        public static HostPort parse(String text) {
            return MagnetParser.hostPort(text.strip())
                    .orElseThrow(
                            () -> new IllegalArgumentException(
                                    Names.quote(text)
                                            + " is no address: it has to be HOST:PORT, with an IPv6 address in brackets, such as [::1]:6881."));
        }

        /** {@code 10.77.0.1:6881}, {@code [::1]:6881}. */
        @Override
        public String toString() {
            return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
        }
    }
}
