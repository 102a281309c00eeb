package net.shoal.engine.sim;

import java.nio.ByteBuffer;
import net.shoal.api.transfer.PeerWire;
import net.shoal.api.transfer.WireExtension;
import net.shoal.api.transfer.WireSession;
import net.shoal.base.bencode.BDict;
import net.shoal.base.metainfo.Info;

/** Hands the info dictionary over in one message, to see what a swarm makes of it; {@code ut_metadata} itself is tested where it lives. */
final class MetadataByHand implements WireExtension {
    @Override
    public String name() {
        return "sim_metadata";
    }

    @Override
    public WireSession attach(PeerWire wire) {
        return new WireSession() {
            @Override
            public void onHandshake(BDict handshake) {
                wire.swarm().info().map(Info::raw).ifPresent(wire::send);
            }

            @Override
            public void onMessage(ByteBuffer payload) {
                if (wire.swarm().info().isEmpty() && !wire.swarm().offerInfoDictionary(copy(payload))) {
                    wire.reject("sent something else for an info dictionary");
                }
            }

            @Override
            public void onClosed() {}
        };
    }

    private static ByteBuffer copy(ByteBuffer bytes) {
        return ByteBuffer.allocate(bytes.remaining()).put(bytes.duplicate()).flip();
    }
}
