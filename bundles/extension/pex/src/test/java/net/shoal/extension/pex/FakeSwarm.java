package net.shoal.extension.pex;

import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.shoal.api.transfer.ConnectedPeer;
import net.shoal.api.transfer.FoundPeer;
import net.shoal.api.transfer.PeerTrait;
import net.shoal.api.transfer.PeerWire;
import net.shoal.api.transfer.SwarmView;
import net.shoal.base.metainfo.Info;
import net.shoal.base.model.InfoHash;
import net.shoal.base.model.InfoHashes;
import net.shoal.base.model.PeerAddress;
import net.shoal.base.model.PieceLayout;
import net.shoal.base.model.Sha1Hash;

/** One connection in a swarm that a test fills with peers. */
final class FakeSwarm implements SwarmView, PeerWire {
    private static final InfoHashes HASHES = InfoHashes.of(new InfoHash.V1(new Sha1Hash(1, 2, 3)));

    final List<ConnectedPeer> peers = new ArrayList<>();
    final List<ByteBuffer> sent = new ArrayList<>();
    final List<FoundPeer> found = new ArrayList<>();
    Optional<Info> info = Optional.of(info(false));
    ConnectedPeer self = dialled("203.0.113.99");
    String rejected = "";

    static Info info(boolean isPrivate) {
        var layout = PieceLayout.contiguous(16_384, 16_384);
        return new Info(
                ByteBuffer.allocate(1),
                HASHES,
                "n",
                true,
                List.of(),
                layout,
                Optional.empty(),
                isPrivate,
                Optional.empty());
    }

    static PeerAddress address(String host, int port) {
        try {
            return PeerAddress.ip(new InetSocketAddress(java.net.InetAddress.getByName(host), port));
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }

    static ConnectedPeer dialled(String host, PeerTrait... traits) {
        var address = address(host, 6881);
        return new ConnectedPeer(address, Optional.of(address), Set.of(traits));
    }

    PexMessage lastSent() throws Exception {
        return PexMessage.read(sent.get(sent.size() - 1).duplicate());
    }

    @Override
    public InfoHashes hashes() {
        return HASHES;
    }

    @Override
    public Optional<Info> info() {
        return info;
    }

    @Override
    public boolean offerInfoDictionary(ByteBuffer bytes) {
        throw new AssertionError("nothing to offer");
    }

    @Override
    public Collection<ConnectedPeer> peers() {
        return peers;
    }

    @Override
    public SwarmView swarm() {
        return this;
    }

    @Override
    public ConnectedPeer peer() {
        return self;
    }

    @Override
    public void send(ByteBuffer payload) {
        sent.add(payload);
    }

    @Override
    public void found(Collection<FoundPeer> more) {
        found.addAll(more);
    }

    @Override
    public void reject(String reason) {
        rejected = reason;
    }
}
