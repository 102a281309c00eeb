package net.shoal.secure.plain;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import net.shoal.api.net.SecureLayer;
import net.shoal.api.net.SwarmDirectory;
import net.shoal.api.net.Target;
import net.shoal.base.wire.Handshake;
import org.osgi.service.component.annotations.Component;

/** Known by all 20 bytes of the protocol header (BEP 3): fewer of them may well be the random bytes an MSE connection begins with. */
@Component(property = SecureLayer.NAME + "=" + PlainLayer.PLAIN)
public final class PlainLayer implements SecureLayer {
    static final String PLAIN = "plain";

    @Override
    public String name() {
        return PLAIN;
    }

    @Override
    public Sniff sniff(ByteBuf first) {
        var header = Handshake.protocolHeader();
        int length = Math.min(first.readableBytes(), Handshake.HEADER_LENGTH);
        for (int i = 0; i < length; i++) {
            if (first.getByte(first.readerIndex() + i) != header.get(i)) {
                return Sniff.NO;
            }
        }
        return length == Handshake.HEADER_LENGTH ? Sniff.YES : Sniff.NEED_MORE;
    }

    @Override
    public CompletionStage<Secured> accept(Channel channel, SwarmDirectory candidates, Need need) {
        return asItIs(need);
    }

    @Override
    public CompletionStage<Secured> secure(Channel channel, Target target, Need need) {
        return asItIs(need);
    }

    private static CompletionStage<Secured> asItIs(Need need) {
        return need == Need.ANY
                ? CompletableFuture.completedStage(new Secured(false, false, Optional.empty()))
                : CompletableFuture.failedStage(new IOException("a plain connection is not encrypted"));
    }
}
