package net.shoal.engine.wire;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import net.shoal.api.net.SecureChannel;
import net.shoal.base.model.PeerAddress;
import net.shoal.base.wire.Handshake;
import net.shoal.base.wire.ProtocolException;
import net.shoal.engine.swarm.Dialer;
import org.jspecify.annotations.Nullable;

/** Says our handshake on a channel that we dialled, awaits theirs, and then makes way for the {@link ChannelLink}. */
final class OutboundHandshake extends ByteToMessageDecoder {
    private static final int TIMEOUT_SECONDS = 10;

    private final SecureChannel secure;
    private final PeerAddress address;
    private final Handshake ours;
    private final Dialer.Result result;
    private @Nullable ScheduledFuture<?> timeout;
    private boolean done;

    OutboundHandshake(SecureChannel secure, PeerAddress address, Handshake ours, Dialer.Result result) {
        this.secure = secure;
        this.address = address;
        this.ours = ours;
        this.result = result;
        setSingleDecode(true);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        if (!context.channel().isActive()) {
            fail(context, "the peer hung up");
            return;
        }
        timeout = context.channel()
                .eventLoop()
                .schedule(() -> fail(context, "no handshake"), TIMEOUT_SECONDS, TimeUnit.SECONDS);
        if (!secure.greeted()) {
            context.writeAndFlush(Handshakes.encode(context.alloc(), ours));
        }
        context.channel().config().setAutoRead(true);
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
        if (done || in.readableBytes() < Handshake.LENGTH) {
            return;
        }
        try {
            var theirs = Handshake.read(in.nioBuffer(in.readerIndex(), Handshake.LENGTH));
            in.skipBytes(Handshake.LENGTH);
            done = true;
            cancelTimeout();
            context.channel().config().setAutoRead(false);
            var link = new ChannelLink(secure, address, false);
            context.pipeline().addAfter(context.name(), null, link);
            // what came behind the handshake is handed on to the link when this handler goes
            context.pipeline().remove(this);
            result.onConnected(link, theirs);
        } catch (ProtocolException e) {
            in.skipBytes(in.readableBytes());
            fail(context, String.valueOf(e.getMessage()));
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) throws Exception {
        fail(context, "the peer hung up");
        super.channelInactive(context);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        fail(context, cause.toString());
    }

    private void fail(ChannelHandlerContext context, String reason) {
        if (!done) {
            done = true;
            cancelTimeout();
            context.close();
            result.onFailed(reason);
        }
    }

    private void cancelTimeout() {
        if (timeout != null) {
            timeout.cancel(false);
        }
    }
}
