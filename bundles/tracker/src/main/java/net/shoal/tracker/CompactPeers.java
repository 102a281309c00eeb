package net.shoal.tracker;

import java.nio.ByteBuffer;
import java.util.List;

/** Addresses and ports one behind the other (BEP 7, 15, 23). */
final class CompactPeers {
    private CompactPeers() {}

    /** @param peers all of one family */
    static byte[] write(List<Peer> peers) {
        int length = peers.stream()
                .mapToInt(peer -> peer.address().getAddress().length + Short.BYTES)
                .sum();
        var out = ByteBuffer.allocate(length);
        peers.forEach(peer -> out.put(peer.address().getAddress()).putShort((short) peer.port()));
        return out.array();
    }
}
