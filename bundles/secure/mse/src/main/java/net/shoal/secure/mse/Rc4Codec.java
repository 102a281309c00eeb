package net.shoal.secure.mse;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.util.ReferenceCountUtil;

/**
 * Enciphers all that is written and deciphers all that is read. What is read belongs to nobody else and is deciphered in place; what is
 * written may be a slice of a block that other peers get too, so it is enciphered into memory of its own.
 */
final class Rc4Codec extends ChannelDuplexHandler {
    private final Rc4 in;
    private final Rc4 out;

    Rc4Codec(Rc4 in, Rc4 out) {
        this.in = in;
        this.out = out;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (!(message instanceof ByteBuf bytes)) {
            ReferenceCountUtil.release(message);
            throw new IllegalArgumentException("cannot decipher " + message.getClass());
        }
        context.fireChannelRead(deciphered(context, bytes));
    }

    private ByteBuf deciphered(ChannelHandlerContext context, ByteBuf bytes) {
        if (bytes.refCnt() == 1 && !bytes.isReadOnly()) {
            in.apply(bytes, bytes.readableBytes());
            return bytes;
        }
        var copy = context.alloc().buffer(bytes.readableBytes());
        in.copy(bytes, copy);
        bytes.release();
        return copy;
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        if (!(message instanceof ByteBuf bytes)) {
            ReferenceCountUtil.release(message);
            promise.setFailure(new UnsupportedOperationException("cannot encipher " + message.getClass()));
            return;
        }
        var enciphered = context.alloc().directBuffer(bytes.readableBytes());
        out.copy(bytes, enciphered);
        bytes.release();
        context.write(enciphered, promise);
    }
}
