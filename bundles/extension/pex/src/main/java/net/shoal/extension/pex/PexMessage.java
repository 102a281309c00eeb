package net.shoal.extension.pex;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import net.shoal.api.transfer.FoundPeer;
import net.shoal.api.transfer.PeerTrait;
import net.shoal.base.bencode.BDict;
import net.shoal.base.bencode.BString;
import net.shoal.base.bencode.BencodeException;
import net.shoal.base.bencode.BencodeReader;
import net.shoal.base.bencode.BencodeWriter;
import net.shoal.base.model.PeerAddress;

/**
 * Who has come and who has gone since the last message (BEP 11).
 *
 * @param added without those that nobody can dial
 */
record PexMessage(List<FoundPeer> added, List<PeerAddress> dropped) {
    /** Peers of one kind in a message; whoever sends more breaks the protocol beyond all habit. */
    static final int MAX = 500;

    private static final int V4 = 4;
    private static final int V6 = 16;
    private static final int PORT = 2;

    /** Bits of the flags, in the order of BEP 11. */
    private static final List<PeerTrait> FLAGS = List.of(
            PeerTrait.ENCRYPTION, PeerTrait.UPLOAD_ONLY, PeerTrait.UTP, PeerTrait.HOLEPUNCH, PeerTrait.REACHABLE);

    PexMessage {
        added = List.copyOf(added);
        dropped = List.copyOf(dropped);
    }

    /** @throws BencodeException if it is no such message, or one out of all proportion */
    static PexMessage read(ByteBuffer in) throws BencodeException {
        var dict = BencodeReader.LENIENT.readDict(in);
        var added = new ArrayList<FoundPeer>();
        readAdded(dict, "added", V4, added);
        readAdded(dict, "added6", V6, added);
        var dropped = new ArrayList<PeerAddress>();
        addresses(dict, "dropped", V4).forEach(address -> keep(address, dropped));
        addresses(dict, "dropped6", V6).forEach(address -> keep(address, dropped));
        return new PexMessage(added, dropped);
    }

    private static void keep(InetSocketAddress address, Collection<PeerAddress> to) {
        if (address.getPort() != 0) {
            to.add(PeerAddress.ip(address));
        }
    }

    private static void readAdded(BDict dict, String key, int length, List<FoundPeer> added) throws BencodeException {
        var addresses = addresses(dict, key, length);
        var flags = dict.string(key + ".f").map(BString::buffer).orElse(ByteBuffer.allocate(0));
        for (int i = 0; i < addresses.size(); i++) {
            var traits = i < flags.remaining() ? traits(flags.get(flags.position() + i)) : Set.<PeerTrait>of();
            if (addresses.get(i).getPort() != 0) {
                added.add(new FoundPeer(PeerAddress.ip(addresses.get(i)), traits));
            }
        }
    }

    private static List<InetSocketAddress> addresses(BDict dict, String key, int length) throws BencodeException {
        var bytes = dict.string(key).map(BString::buffer).orElse(ByteBuffer.allocate(0));
        int count = bytes.remaining() / (length + PORT);
        if (count > MAX) {
            throw new BencodeException(count + " peers under " + key);
        }
        var addresses = new ArrayList<InetSocketAddress>(count);
        var host = new byte[length];
        for (int i = 0; i < count; i++) {
            bytes.get(host);
            addresses.add(new InetSocketAddress(host(host), bytes.getShort() & 0xffff));
        }
        return addresses;
    }

    private static InetAddress host(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(bytes.length + " bytes are no address", e);
        }
    }

    private static Set<PeerTrait> traits(byte flags) {
        var traits = EnumSet.noneOf(PeerTrait.class);
        for (int bit = 0; bit < FLAGS.size(); bit++) {
            if ((flags >> bit & 1) != 0) {
                traits.add(FLAGS.get(bit));
            }
        }
        return traits;
    }

    boolean isEmpty() {
        return added.isEmpty() && dropped.isEmpty();
    }

    /** Peers without an IP address are left out. */
    ByteBuffer toBytes() {
        var dict = BDict.builder();
        for (int length : new int[] {V4, V6}) {
            var suffix = length == V4 ? "" : "6";
            var peers =
                    added.stream().filter(peer -> is(peer.address(), length)).toList();
            if (!peers.isEmpty()) {
                dict.put(
                        "added" + suffix,
                        compact(peers.stream().map(FoundPeer::address).toList(), length));
                dict.put("added" + suffix + ".f", flags(peers));
            }
            var gone = dropped.stream().filter(address -> is(address, length)).toList();
            if (!gone.isEmpty()) {
                dict.put("dropped" + suffix, compact(gone, length));
            }
        }
        return ByteBuffer.wrap(BencodeWriter.write(dict.build()));
    }

    private static boolean is(PeerAddress address, int length) {
        return address.inet()
                .filter(inet -> inet.getAddress().getAddress().length == length)
                .isPresent();
    }

    private static BString compact(List<PeerAddress> addresses, int length) {
        var bytes = ByteBuffer.allocate(addresses.size() * (length + PORT));
        for (var address : addresses) {
            address.inet()
                    .ifPresent(inet -> bytes.put(inet.getAddress().getAddress()).putShort((short) inet.getPort()));
        }
        return BString.of(bytes.array());
    }

    private static BString flags(List<FoundPeer> peers) {
        var bytes = new byte[peers.size()];
        for (int i = 0; i < bytes.length; i++) {
            for (int bit = 0; bit < FLAGS.size(); bit++) {
                if (peers.get(i).traits().contains(FLAGS.get(bit))) {
                    bytes[i] |= (byte) (1 << bit);
                }
            }
        }
        return BString.of(bytes);
    }
}
