package net.shoal.tracker;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.Random;
import net.shoal.base.model.Sha1Hash;

/** What the tests talk about. */
final class Samples {
    static final Limits LIMITS = new Limits(90, 1_000, 10_000, 500, 200);
    static final Sha1Hash TORRENT = hash(0);

    private Samples() {}

    static InetAddress address(String literal) {
        try {
            return InetAddress.getAllByName(literal)[0];
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(literal, e);
        }
    }

    static Sha1Hash hash(int number) {
        return Sha1Hash.of(ByteBuffer.allocate(20).putInt(number).array());
    }

    static Announce announce(String address, int port, boolean isSeed, Event event) {
        return announce(TORRENT, address, port, isSeed, event);
    }

    /** The peer id is that of the port, so the same peer may announce from several addresses. */
    static Announce announce(Sha1Hash torrent, String address, int port, boolean isSeed, Event event) {
        return new Announce(torrent, hash(port), address(address), port, isSeed, event, 50);
    }

    static Swarms swarms(Limits limits) {
        return new Swarms(limits, family -> Optional.empty(), new Random(1));
    }
}
