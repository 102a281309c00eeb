package net.shoal.api.transfer;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import net.shoal.base.model.InfoHashes;

/**
 * A snapshot of one transfer. Bytes, and bytes a second.
 *
 * @param total bytes of content, without padding; 0 while unknown
 * @param wanted of total, what is selected
 * @param done of wanted, what is verified
 * @param downloaded payload received since the transfer was added, including what was thrown away
 * @param uploaded payload sent since the transfer was added
 * @param peers connected
 * @param seeds of peers, those that want nothing more: they have everything, or (BEP 21) all they chose
 * @param knownPeers addresses heard of, connected or not
 * @param etaSeconds to completion at the present rate
 * @param path of the file or folder
 * @param inPlace shared where it lay: neither written to nor ever deleted
 */
public record TransferStatus(
        InfoHashes hashes,
        String name,
        TransferState state,
        long total,
        long wanted,
        long done,
        long downRate,
        long upRate,
        long downloaded,
        long uploaded,
        int peers,
        int seeds,
        int knownPeers,
        OptionalLong etaSeconds,
        Path path,
        Visibility visibility,
        boolean inPlace,
        Instant added,
        Optional<Instant> completed) {
    /** Uploaded to downloaded, or to the content's size for what was never downloaded. */
    public double ratio() {
        long base = downloaded > 0 ? downloaded : total;
        return base == 0 ? 0 : (double) uploaded / base;
    }
}
