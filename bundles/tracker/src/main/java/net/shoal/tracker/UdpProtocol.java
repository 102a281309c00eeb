package net.shoal.tracker;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import net.shoal.base.model.Sha1Hash;

/**
 * The tracker over UDP (BEP 15): a datagram in, at most one out. Who has not proven to receive at the address it writes from, by a
 * connection id, is never sent more bytes than came from there, so that nobody can aim us at somebody else.
 */
final class UdpProtocol {
    private static final long PROTOCOL = 0x41727101980L;
    private static final int CONNECT = 0;
    private static final int ANNOUNCE = 1;
    private static final int SCRAPE = 2;
    private static final int ERROR = 3;
    private static final int HEADER = 16;
    private static final int ANNOUNCE_LENGTH = 98;
    private static final int MAX_SCRAPE = 74;
    private static final int USUAL_PEERS = 50;
    /** A datagram with so many stays within the MTU of Ethernet and of most tunnels. */
    private static final int MAX_IPV4_PEERS = 200;

    private static final int MAX_IPV6_PEERS = 66;
    /** Answers to unproven addresses, a second: enough for a large tracker, too little to be worth reflecting. */
    private static final int CONNECTS_PER_SECOND = 2_000;

    private final Swarms swarms;
    private final ConnectionIds connections;
    private final RateLimit limit;
    private long second;
    private int connectsThisSecond;

    UdpProtocol(Swarms swarms, ConnectionIds connections, RateLimit limit) {
        this.swarms = swarms;
        this.connections = connections;
        this.limit = limit;
    }

    /** Nothing comes back for what is no BEP 15. */
    Optional<ByteBuffer> handle(ByteBuffer in, InetSocketAddress from, long now) {
        if (in.remaining() < HEADER || from.getPort() == 0) {
            return Optional.empty();
        }
        long connection = in.getLong();
        int action = in.getInt();
        int transaction = in.getInt();
        if (action == CONNECT) {
            return connection == PROTOCOL ? connect(transaction, from, now) : Optional.empty();
        }
        if (!connections.isValid(connection, from.getAddress(), now)) {
            return Optional.of(error(transaction, in.remaining(), "connect again"));
        }
        if (!limit.permits(from.getAddress(), now)) {
            return Optional.empty();
        }
        return switch (action) {
            case ANNOUNCE -> Optional.of(announce(in, transaction, from, now));
            case SCRAPE -> Optional.of(scrape(in, transaction, now));
            default -> Optional.of(error(transaction, "an action is 0 to 2, not " + action));
        };
    }

    private Optional<ByteBuffer> connect(int transaction, InetSocketAddress from, long now) {
        if (now / 1_000 != second) {
            second = now / 1_000;
            connectsThisSecond = 0;
        }
        if (++connectsThisSecond > CONNECTS_PER_SECOND) {
            return Optional.empty();
        }
        return Optional.of(ByteBuffer.allocate(HEADER)
                .putInt(CONNECT)
                .putInt(transaction)
                .putLong(connections.issue(from.getAddress(), now))
                .flip());
    }

    private ByteBuffer announce(ByteBuffer in, int transaction, InetSocketAddress from, long now) {
        if (in.remaining() < ANNOUNCE_LENGTH - HEADER) {
            return error(transaction, "an announce has " + ANNOUNCE_LENGTH + " bytes");
        }
        try {
            var announce = read(in, from);
            var family = Family.of(from.getAddress());
            var told = swarms.announce(announce, List.of(family), now);
            return told(transaction, told, family == Family.IPV4 ? told.ipv4() : told.ipv6());
        } catch (BadRequest e) {
            return error(transaction, e.reason());
        }
    }

    /** The address it gives for itself is ignored, and so is what follows (BEP 41). */
    private static Announce read(ByteBuffer in, InetSocketAddress from) throws BadRequest {
        var infoHash = Sha1Hash.read(in);
        var peerId = Sha1Hash.read(in);
        in.getLong(); // downloaded
        long left = in.getLong();
        in.getLong(); // uploaded
        var event = Event.of(in.getInt());
        in.getInt(); // its address
        in.getInt(); // key
        int wants = in.getInt();
        int port = Short.toUnsignedInt(in.getShort());
        if (port == 0) {
            throw new BadRequest("a port is from 1 to 65535, not 0");
        }
        int most = Family.of(from.getAddress()) == Family.IPV4 ? MAX_IPV4_PEERS : MAX_IPV6_PEERS;
        int given = wants < 0 ? Math.min(USUAL_PEERS, most) : Math.min(wants, most);
        return new Announce(infoHash, peerId, from.getAddress(), port, left == 0, event, given);
    }

    private ByteBuffer told(int transaction, Swarms.Told told, List<Peer> peers) {
        var addresses = CompactPeers.write(peers);
        return ByteBuffer.allocate(20 + addresses.length)
                .putInt(ANNOUNCE)
                .putInt(transaction)
                .putInt(swarms.intervalSeconds())
                .putInt(told.counts().leechers())
                .putInt(told.counts().seeds())
                .put(addresses)
                .flip();
    }

    private ByteBuffer scrape(ByteBuffer in, int transaction, long now) {
        int count = Math.min(in.remaining() / Sha1Hash.LENGTH, MAX_SCRAPE);
        var out = ByteBuffer.allocate(8 + 12 * count).putInt(SCRAPE).putInt(transaction);
        for (int i = 0; i < count; i++) {
            var counts = swarms.scrape(Sha1Hash.read(in), now);
            out.putInt(counts.seeds()).putInt(counts.completed()).putInt(counts.leechers());
        }
        return out.flip();
    }

    private static ByteBuffer error(int transaction, String reason) {
        return error(transaction, Integer.MAX_VALUE, reason);
    }

    /** @param room for the reason; without it an error still says that it is one */
    private static ByteBuffer error(int transaction, int room, String reason) {
        var text = reason.getBytes(StandardCharsets.US_ASCII);
        int length = Math.min(text.length, room);
        return ByteBuffer.allocate(8 + length)
                .putInt(ERROR)
                .putInt(transaction)
                .put(text, 0, length)
                .flip();
    }
}
