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
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntConsumer;
import net.shoal.api.dht.MutableItem;
import net.shoal.api.dht.MutableKey;
import net.shoal.base.bencode.BDict;
import net.shoal.base.bencode.BString;
import net.shoal.discovery.dht.krpc.Endpoint;
import net.shoal.discovery.dht.krpc.Family;
import net.shoal.discovery.dht.node.DhtNode;
import net.shoal.discovery.dht.node.NodeSettings;
import net.shoal.discovery.dht.store.ItemStore;

/**
 * Our node of the DHT alone, over a socket of the JDK, which finds others from an entry: HOST ENTRY PORT leave TEXT leaves a text that it has
 * signed, and prints the public key and how many took it; HOST ENTRY PORT find KEY prints the texts under a public key whose signature it
 * believes.
 */
final class LoneDhtNode {
    private static final int SETTLE_MILLIS = 8_000;
    private static final int DEADLINE_MILLIS = 60_000;

    private LoneDhtNode() {}

    public static void main(String[] args) throws Exception {
        try (var socket = new DatagramSocket(new InetSocketAddress(args[0], 6881))) {
            var entry = Endpoint.of(InetAddress.getByName(args[1]), Integer.parseInt(args[2]));
            System.out.println(args[3].equals("leave") ? leave(socket, entry, args[4]) : find(socket, entry, args[4]));
        }
    }

    private static String leave(DatagramSocket socket, Endpoint entry, String text) throws Exception {
        var pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        var item = MutableItem.sign(
                new MutableKey(publicKey(pair), BString.of("")), 1, BString.of(text), bytes -> sign(pair, bytes));
        int taken = run(
                socket,
                entry,
                (node, done) -> node.items(
                        Family.V4,
                        item.key().target(),
                        OptionalLong.empty(),
                        from -> {},
                        walk -> node.put(walk, item, OptionalLong.empty(), tally -> done.accept(tally.taken()))));
        return HexFormat.of().formatHex(item.key().publicKey().toBytes()) + " " + taken;
    }

    private static String find(DatagramSocket socket, Endpoint entry, String publicKey) throws Exception {
        var key = new MutableKey(BString.of(HexFormat.of().parseHex(publicKey)), BString.of(""));
        var texts = new TreeSet<String>();
        run(
                socket,
                entry,
                (node, done) -> node.items(
                        Family.V4,
                        key.target(),
                        OptionalLong.empty(),
                        from -> believed(key, from.values()).ifPresent(texts::add),
                        walk -> done.accept(texts.size())));
        return String.join(", ", texts);
    }

    private static Optional<String> believed(MutableKey key, BDict values) {
        var text = values.string("v");
        var signature = values.string("sig");
        var sequence = values.integer("seq");
        if (text.isEmpty() || signature.isEmpty() || sequence.isEmpty()) {
            return Optional.empty();
        }
        var item = new MutableItem(key, sequence.getAsLong(), text.get(), signature.get());
        return ItemStore.judge(item) == ItemStore.Outcome.STORED
                ? Optional.of(text.get().toString())
                : Optional.empty();
    }

    /** What is done once it knows some nodes; it ends by telling a number. */
    private interface Errand {
        void begin(DhtNode node, IntConsumer done);
    }

    private static int run(DatagramSocket socket, Endpoint entry, Errand errand) throws Exception {
        long start = System.nanoTime();
        var node = new DhtNode(
                new NodeSettings(Set.of(Family.V4), endpoint -> true, 40, 20_000, false),
                new SecureRandom(),
                (to, datagram) -> send(socket, to, datagram),
                0);
        node.routers(List.of(entry));
        node.start();
        var result = new int[] {-1};
        boolean isBegun = false;
        for (long now = 0; result[0] < 0 && now < DEADLINE_MILLIS; now = (System.nanoTime() - start) / 1_000_000) {
            node.run(now);
            if (!isBegun && now > SETTLE_MILLIS) {
                isBegun = true;
                errand.begin(node, number -> result[0] = number);
            }
            receive(socket, node, now);
        }
        return result[0];
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
