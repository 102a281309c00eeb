package net.shoal.ui.rpc.transmission;

import java.util.List;
import java.util.Map;
import net.shoal.api.transfer.TransferDetails.PeerStatus;
import net.shoal.base.model.AddressText;

/** Connected peers as Transmission tells of them; web seeds, which are peers to us, are counted apart. */
final class Peers {
    private static final String WEB_SEED = "web seed";
    /** Letters that mean the same to Transmission. */
    private static final String SAME_FLAGS = "ODdUuI";

    private Peers() {}

    private static List<PeerStatus> real(List<PeerStatus> peers) {
        return peers.stream().filter(peer -> !isWebSeed(peer)).toList();
    }

    private static boolean isWebSeed(PeerStatus peer) {
        return peer.transport().equals(WEB_SEED) || peer.address().inet().isEmpty();
    }

    static long gettingFromUs(List<PeerStatus> peers) {
        return peers.stream().filter(peer -> peer.upRate() > 0).count();
    }

    static long sendingToUs(List<PeerStatus> peers) {
        return real(peers).stream().filter(peer -> peer.downRate() > 0).count();
    }

    static long webSeedsSending(List<PeerStatus> peers) {
        return peers.stream()
                .filter(peer -> isWebSeed(peer) && peer.downRate() > 0)
                .count();
    }

    /** Who named those that we dialled is not kept. */
    static Map<String, Object> from(List<PeerStatus> peers) {
        long inbound = peers.stream().filter(PeerStatus::inbound).count();
        return Map.of(
                "fromCache", 0L,
                "fromDht", 0L,
                "fromIncoming", inbound,
                "fromLpd", 0L,
                "fromLtep", 0L,
                "fromPex", 0L,
                "fromTracker", 0L);
    }

    static List<Map<String, Object>> rows(List<PeerStatus> peers) {
        return real(peers).stream().map(Peers::row).toList();
    }

    private static Map<String, Object> row(PeerStatus peer) {
        var inet = peer.address().inet();
        return Map.ofEntries(
                Map.entry(
                        "address",
                        inet.map(at -> AddressText.host(at.getAddress())).orElse("")),
                Map.entry("port", inet.map(at -> at.getPort()).orElse(0)),
                Map.entry("clientName", peer.client()),
                Map.entry("clientIsChoked", has(peer, 'd')),
                Map.entry("clientIsInterested", has(peer, 'd') || has(peer, 'D')),
                Map.entry("peerIsChoked", !has(peer, 'U')),
                Map.entry("peerIsInterested", has(peer, 'u') || has(peer, 'U')),
                Map.entry("flagStr", flags(peer)),
                Map.entry("isDownloadingFrom", peer.downRate() > 0),
                Map.entry("isUploadingTo", peer.upRate() > 0),
                Map.entry("isEncrypted", peer.encrypted()),
                Map.entry("isIncoming", peer.inbound()),
                Map.entry("isUTP", peer.transport().equals("utp")),
                Map.entry("progress", peer.have()),
                Map.entry("rateToClient", peer.downRate()),
                Map.entry("rateToPeer", peer.upRate()));
    }

    private static boolean has(PeerStatus peer, char flag) {
        return peer.flags().indexOf(flag) >= 0;
    }

    private static String flags(PeerStatus peer) {
        var flags = new StringBuilder();
        peer.flags().chars().filter(flag -> SAME_FLAGS.indexOf(flag) >= 0).forEach(flags::appendCodePoint);
        if (peer.encrypted()) {
            flags.append('E');
        }
        return flags.toString();
    }
}
