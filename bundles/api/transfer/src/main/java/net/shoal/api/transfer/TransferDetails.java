package net.shoal.api.transfer;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import net.shoal.base.model.Bitfield;
import net.shoal.base.model.PeerAddress;

/**
 * Everything about one transfer.
 *
 * @param pieces verified ones, absent while the info dictionary is unknown
 * @param pieceLength bytes, 0 while unknown
 * @param obstacles why it is not faster, what matters most first; none if all is as well as can be, or nobody wants more
 */
public record TransferDetails(
        TransferStatus status,
        TransferOptions options,
        int pieceLength,
        Optional<Bitfield> pieces,
        List<FileStatus> files,
        List<PeerStatus> peers,
        List<DiscoveryStatus> discovery,
        List<Obstacle> obstacles) {
    /**
     * One file.
     *
     * @param index in the info dictionary, where padding counts too
     * @param path in the torrent, with {@code /}
     * @param onDisk where it lies
     * @param done bytes of verified pieces that lie in it
     */
    public record FileStatus(int index, String path, Path onDisk, long length, long done, FilePriority priority) {
        public boolean wanted() {
            return priority != FilePriority.SKIP;
        }
    }

    /**
     * One connected peer.
     *
     * @param client as it names itself, made safe for a terminal
     * @param transport scheme of its transport
     * @param security name of its secure layer
     * @param encrypted true if nobody on the way can read what is said; with {@code mse} both is possible
     * @param inbound true if it dialled us
     * @param have pieces it has, of 1
     * @param flags one character each: D/d we download/want but are choked, U/u it downloads/wants but is choked, O optimistic unchoke,
     *     S snubbed, s only uploads, I inbound
     */
    public record PeerStatus(
            PeerAddress address,
            String client,
            String transport,
            String security,
            boolean encrypted,
            boolean inbound,
            double have,
            long downRate,
            long upRate,
            long downloaded,
            long uploaded,
            String flags) {}

    /** What one way of discovery says of this transfer. */
    public record DiscoveryStatus(String discovery, String source, String message, Optional<String> nextInWords) {}
}
