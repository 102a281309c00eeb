package net.shoal.net;

import io.netty.channel.IoEventLoopGroup;
import java.io.IOException;
import java.net.InetAddress;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import net.shoal.api.net.Network;
import net.shoal.api.net.NetworkScope;
import net.shoal.api.net.SecureChannel;
import net.shoal.api.net.SwarmDirectory;
import net.shoal.base.model.PeerId;
import net.shoal.base.model.Sha1Hash;
import net.shoal.base.wire.Handshake;
import org.jspecify.annotations.Nullable;

/** What tests of this bundle put in place of its neighbours. */
final class Fakes {
    static final Sha1Hash WANTED = new Sha1Hash(1, 2, 3);
    static final Handshake HANDSHAKE = new Handshake(0, WANTED, new PeerId(new Sha1Hash(7, 8, 9)));

    private Fakes() {}

    static InetAddress address(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** A network without threads, unless it is given event loops. */
    record ScopedNetwork(NetworkScope scope, @Nullable IoEventLoopGroup loops) implements Network {
        @Override
        public IoEventLoopGroup eventLoops() {
            return loops;
        }

        @Override
        public CompletionStage<List<InetAddress>> resolve(String host) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<InetAddress> dialFrom(InetAddress remote) {
            return Optional.empty();
        }
    }

    /** Serves one swarm, and keeps the connections it was given. */
    static final class OneSwarm implements SwarmDirectory {
        final BlockingQueue<SecureChannel> accepted = new LinkedBlockingQueue<>();
        final BlockingQueue<Handshake> handshakes = new LinkedBlockingQueue<>();

        @Override
        public Collection<Sha1Hash> infoHashes() {
            return List.of(WANTED);
        }

        @Override
        public boolean accept(SecureChannel channel, Handshake handshake) {
            if (!handshake.infoHash().equals(WANTED)) {
                return false;
            }
            handshakes.add(handshake);
            accepted.add(channel);
            return true;
        }
    }
}
