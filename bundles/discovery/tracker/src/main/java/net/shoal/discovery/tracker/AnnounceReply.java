package net.shoal.discovery.tracker;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import net.shoal.base.bencode.BString;
import net.shoal.base.model.PeerAddress;

/**
 * What a tracker answered.
 *
 * @param interval seconds it asks us to wait, as it said; 0 if it did not
 * @param minInterval seconds we must wait at least; 0 if it did not say
 * @param warning made safe to show
 */
record AnnounceReply(
        long interval,
        long minInterval,
        OptionalInt seeds,
        OptionalInt leechers,
        Optional<BString> trackerId,
        Optional<String> warning,
        List<PeerAddress> peers) {
    AnnounceReply {
        peers = List.copyOf(peers);
    }

    AnnounceReply with(List<PeerAddress> others) {
        return new AnnounceReply(interval, minInterval, seeds, leechers, trackerId, warning, others);
    }

    AnnounceReply with(ScrapeReply counts) {
        return new AnnounceReply(
                interval,
                minInterval,
                OptionalInt.of(counts.seeds()),
                OptionalInt.of(counts.leechers()),
                trackerId,
                warning,
                peers);
    }
}
