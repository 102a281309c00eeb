package net.shoal.api.transfer;

import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/** One swarm at one {@link Discovery}. Methods do not block. */
@ConsumerType
public interface DiscoverySession {
    /** Called about once a second and when something notable happened; the session keeps its own intervals. */
    void update(Progress progress);

    List<TransferDetails.DiscoveryStatus> status();

    /** Stops looking, and says good-bye where that is usual. */
    void close();

    /**
     * How the transfer stands. Bytes since this session of the node began, as trackers count (BEP 3).
     *
     * @param left bytes still wanted; unknown before the info dictionary: then 16 KiB, so that nobody takes us for a seed
     * @param missing bytes of the whole content that are not here, wanted or not; while unknown as {@code left}
     * @param completedNow true in the one update that tells that all that is wanted is there now
     * @param wantsPeers how many more peers would be welcome, 0 for none
     */
    record Progress(long uploaded, long downloaded, long left, long missing, boolean completedNow, int wantsPeers) {
        /** Everything is here. */
        public boolean isSeed() {
            return missing == 0;
        }

        /** All that is wanted is here, and that is not everything (BEP 21). */
        public boolean isPartialSeed() {
            return left == 0 && missing > 0;
        }
    }
}
