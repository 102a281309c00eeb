package net.shoal.discovery.tracker;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import net.shoal.base.model.PeerAddress;

/** Addresses and ports one behind the other (BEP 7, 15, 23). */
final class CompactPeers {
    /** More than a transfer can use; libtorrent has the same bound. */
    static final int MAX_PEERS = 3_000;

    private CompactPeers() {}

    /** Reads whole entries, as many as there are and we take; a rest is left. Entries with port 0 lead nowhere and are left out. */
    static List<PeerAddress> read(ByteBuffer in, Family family) {
        var address = new byte[family == Family.IPV4 ? 4 : 16];
        int stride = address.length + Short.BYTES;
        var peers = new ArrayList<PeerAddress>();
        while (in.remaining() >= stride && peers.size() < MAX_PEERS) {
            in.get(address);
            int port = Short.toUnsignedInt(in.getShort());
            if (port != 0) {
                peers.add(PeerAddress.ip(inet(address), port));
            }
        }
        return peers;
    }

    private static InetAddress inet(byte[] address) {
        try {
            return InetAddress.getByAddress(address);
        } catch (UnknownHostException impossible) {
            throw new AssertionError("4 and 16 bytes are an address", impossible);
        }
    }
}
