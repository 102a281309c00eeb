package net.shoal.discovery.tracker;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.IntStream;
import net.shoal.api.transfer.DiscoverySession.Progress;
import net.shoal.api.transfer.Visibility;
import net.shoal.api.transfer.Wanted;
import net.shoal.base.model.InfoHash;
import net.shoal.base.model.InfoHashes;
import net.shoal.base.model.PeerAddress;
import net.shoal.base.model.PeerId;
import net.shoal.base.model.Sha1Hash;
import net.shoal.base.model.Sha256Hash;

/** What the tests talk about. */
final class Samples {
    static final Sha1Hash V1 = Sha1Hash.ofHex("00112233445566778899aabbccddeeff2b205f7e");
    static final Sha256Hash V2 = Sha256Hash.of(new byte[32]);
    static final PeerId PEER_ID = PeerId.random("-SH0100-", new Random(1));
    static final Progress LEECHING = new Progress(0, 0, 1_000_000, 1_000_000, false, 50);
    /** Of a million bytes a tenth was not chosen. */
    static final Progress PARTIALLY_SEEDING = new Progress(0, 900_000, 0, 100_000, false, 0);

    static final Progress SEEDING = new Progress(0, 0, 0, 0, false, 0);

    private Samples() {}

    static InetAddress address(String literal) {
        try {
            return InetAddress.getAllByName(literal)[0];
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(literal, e);
        }
    }

    static TrackerUrl url(String text) {
        return TrackerUrl.of(URI.create(text));
    }

    static Wanted wanted(List<List<String>> tiers, boolean isPrivate) {
        return wanted(InfoHashes.of(new InfoHash.V1(V1)), tiers, isPrivate);
    }

    static Wanted wanted(InfoHashes hashes, List<List<String>> tiers, boolean isPrivate) {
        var trackers = tiers.stream()
                .map(tier -> tier.stream().map(URI::create).toList())
                .toList();
        return new Wanted(hashes, trackers, isPrivate, true, Visibility.LINK, PEER_ID, 6881);
    }

    static InfoHashes hybrid() {
        return new InfoHashes(Optional.of(new InfoHash.V1(V1)), Optional.of(new InfoHash.V2(V2)));
    }

    static AnnounceRequest request(Event event) {
        return new AnnounceRequest(V1, PEER_ID, 6881, 1, 2, 3, event, 50, 0xcafe, Optional.empty());
    }

    static AnnounceReply reply(long interval, long minInterval, int peers) {
        var named = IntStream.range(0, peers)
                .mapToObj(i -> PeerAddress.ip(address("10.0.0." + (i + 1)), 6881))
                .toList();
        return new AnnounceReply(
                interval, minInterval, OptionalInt.of(1), OptionalInt.of(2), Optional.empty(), Optional.empty(), named);
    }
}
