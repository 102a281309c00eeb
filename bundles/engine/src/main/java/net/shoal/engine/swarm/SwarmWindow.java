package net.shoal.engine.swarm;

import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.Optional;
import net.shoal.api.transfer.ConnectedPeer;
import net.shoal.api.transfer.SwarmView;
import net.shoal.base.metainfo.Info;
import net.shoal.base.model.InfoHashes;

/** What extensions see of a swarm. */
record SwarmWindow(Swarm swarm) implements SwarmView {
    @Override
    public InfoHashes hashes() {
        return swarm.hashes();
    }

    @Override
    public Optional<Info> info() {
        return swarm.info();
    }

    @Override
    public boolean offerInfoDictionary(ByteBuffer bytes) {
        return swarm.offerInfoDictionary(bytes);
    }

    @Override
    public Collection<ConnectedPeer> peers() {
        return swarm.peers().all().stream()
                .filter(PeerConnection::isPeer)
                .map(PeerConnection::describe)
                .toList();
    }
}
