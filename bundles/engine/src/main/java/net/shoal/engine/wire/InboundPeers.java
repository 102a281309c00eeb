package net.shoal.engine.wire;

import io.netty.channel.EventLoop;
import java.net.InetSocketAddress;
import net.shoal.api.net.ChannelMove;
import net.shoal.api.net.SecureChannel;
import net.shoal.base.model.PeerAddress;
import net.shoal.base.wire.Handshake;
import net.shoal.engine.swarm.Swarm;

/** Brings connections that others dialled to the loop of their swarm, and answers their handshake there. */
public final class InboundPeers {
    private InboundPeers() {}

    public static void hand(SecureChannel secure, Handshake theirs, EventLoop loop, Swarm swarm) {
        ChannelMove.to(loop, secure.channel()).thenAccept(channel -> {
            var address = addressOf(secure);
            if (!swarm.wants(address, theirs)) {
                channel.close();
                return;
            }
            var link = new ChannelLink(secure, address, true);
            channel.pipeline().addLast(link);
            channel.write(Handshakes.encode(channel.alloc(), swarm.answer(theirs)));
            channel.flush();
            swarm.admit(link, theirs);
        });
    }

    private static PeerAddress addressOf(SecureChannel secure) {
        var remote = secure.channel().remoteAddress();
        return remote instanceof InetSocketAddress inet
                ? PeerAddress.ip(inet)
                : new PeerAddress(secure.transport(), remote);
    }
}
