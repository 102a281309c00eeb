package net.shoal.itests.interop;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import net.shoal.api.dht.MutableItem;
import net.shoal.api.dht.MutableKey;
import net.shoal.base.bencode.BString;
import net.shoal.discovery.dht.krpc.Endpoint;
import net.shoal.discovery.dht.krpc.Family;
import net.shoal.discovery.dht.node.DhtNode;
import net.shoal.discovery.dht.node.NodeSettings;

/**
 * Our node of the DHT alone, over a socket of the JDK: HOST ENTRY PORT TEXT leaves a text that it has signed with the nodes it finds from an
 * entry, and prints the public key and how many took it.
 */
final class ItemPublisher {
    private static final int SETTLE_MILLIS = 8_000;
    private static final int DEADLINE_MILLIS = 60_000;

    private ItemPublisher() {}

    public static void main(String[] args) throws Exception {
        var pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        var item = MutableItem.sign(
                new MutableKey(publicKey(pair), BString.of("")), 1, BString.of(args[3]), bytes -> sign(pair, bytes));
        try (var socket = new DatagramSocket(new InetSocketAddress(args[0], 6881))) {
            int taken = publish(socket, Endpoint.of(InetAddress.getByName(args[1]), Integer.parseInt(args[2])), item);
            System.out.println(HexFormat.of().formatHex(item.key().publicKey().toBytes()) + " " + taken);
        }
    }

    private static int publish(DatagramSocket socket, Endpoint entry, MutableItem item) throws Exception {
        long start = System.nanoTime();
        var node = new DhtNode(
                new NodeSettings(Set.of(Family.V4), endpoint -> true, 40, 20_000, false),
                new SecureRandom(),
                (to, datagram) -> send(socket, to, datagram),
                0);
        node.routers(List.of(entry));
        node.start();
        var taken = new int[] {-1};
        boolean isBegun = false;
        for (long now = 0; taken[0] < 0 && now < DEADLINE_MILLIS; now = (System.nanoTime() - start) / 1_000_000) {
            node.run(now);
            if (!isBegun && now > SETTLE_MILLIS) {
                isBegun = true;
                node.items(
                        Family.V4,
                        item.key().target(),
                        OptionalLong.empty(),
                        from -> {},
                        walk -> node.put(walk, item, OptionalLong.empty(), tally -> taken[0] = tally.taken()));
            }
            receive(socket, node, now);
        }
        return taken[0];
    }

    private static void receive(DatagramSocket socket, DhtNode node, long now) throws Exception {
        var packet = new DatagramPacket(new byte[4_096], 4_096);
        socket.setSoTimeout((int) Math.max(1, Math.min(50, node.next() - now)));
        try {
            socket.receive(packet);
            node.receive(
                    now,
                    Endpoint.of(packet.getAddress(), packet.getPort()),
                    ByteBuffer.wrap(packet.getData(), 0, packet.getLength()).slice());
        } catch (SocketTimeoutException e) {
            // time goes on
        }
    }

    private static void send(DatagramSocket socket, Endpoint to, byte[] datagram) {
        try {
            socket.send(new DatagramPacket(datagram, datagram.length, to.inet()));
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** The last 32 bytes of how Java encodes it (RFC 8410). */
    private static BString publicKey(KeyPair pair) {
        var encoded = pair.getPublic().getEncoded();
        return BString.of(Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length));
    }

    private static byte[] sign(KeyPair pair, byte[] bytes) {
        try {
            var signer = Signature.getInstance("Ed25519");
            signer.initSign(pair.getPrivate());
            signer.update(bytes);
            return signer.sign();
        } catch (java.security.GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
