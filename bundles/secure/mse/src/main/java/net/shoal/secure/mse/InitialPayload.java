package net.shoal.secure.mse;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/** Deciphers what the dialler sent along with its greeting, after which it goes on in plaintext, and leaves. */
final class InitialPayload extends ChannelInboundHandlerAdapter {
    private final Rc4 in;
    private int left;

    /** @param length bytes */
    InitialPayload(Rc4 in, int length) {
        this.in = in;
        this.left = length;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        var bytes = (ByteBuf) message;
        int enciphered = Math.min(left, bytes.readableBytes());
        in.apply(bytes, enciphered);
        left -= enciphered;
        if (left == 0) {
            context.pipeline().remove(this);
        }
        context.fireChannelRead(bytes);
    }
}
