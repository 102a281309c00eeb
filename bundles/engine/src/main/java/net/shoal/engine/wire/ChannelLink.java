package net.shoal.engine.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.WriteBufferWaterMark;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Queue;
import net.shoal.api.net.SecureChannel;
import net.shoal.base.model.PeerAddress;
import net.shoal.base.wire.Message;
import net.shoal.base.wire.ProtocolException;
import net.shoal.base.wire.WireReader;
import net.shoal.base.wire.WireWriter;
import net.shoal.engine.swarm.LinkEvents;
import net.shoal.engine.swarm.PeerLink;
import net.shoal.engine.swarm.SharedBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A peer on a Netty channel, at the end of its pipeline. Messages are gathered and go out once for all that was read, or when the
 * loop comes to it; a block goes out as its header and a slice of the memory it was read into.
 */
final class ChannelLink extends ChannelInboundHandlerAdapter implements PeerLink {
    private static final int GATHERED = 2048;

    /** Bytes that may wait to be sent beside blocks, of which no more are sent than the peer takes: answers to one who asks and does not read. */
    private static final int MOST_WAITING = 4 << 20;

    private final Channel channel;
    private final PeerAddress address;
    private final String transport;
    private final String security;
    private final boolean encrypted;
    private final boolean inbound;
    private final WireReader reader = new WireReader();
    private final BlockReads blockReads = new BlockReads(reader);
    private final Queue<ByteBuf> early = new ArrayDeque<>();
    private @Nullable LinkEvents events;
    private @Nullable ByteBuf gathered;
    private boolean reading;
    /** What comes is to be read, once there is someone for it. */
    private boolean wanted = true;

    private boolean flushDue;
    private boolean closing;
    private String reason = "the peer hung up";

    ChannelLink(SecureChannel secure, PeerAddress address, boolean inbound) {
        this.channel = secure.channel();
        this.address = address;
        this.transport = secure.transport();
        this.security = secure.layer();
        this.encrypted = secure.encrypted();
        this.inbound = inbound;
    }

    @Override
    public PeerAddress address() {
        return address;
    }

    @Override
    public String transport() {
        return transport;
    }

    @Override
    public String security() {
        return security;
    }

    @Override
    public boolean encrypted() {
        return encrypted;
    }

    @Override
    public boolean inbound() {
        return inbound;
    }

    @Override
    public void start(LinkEvents listener) {
        events = listener;
        if (!channel.isActive()) {
            channel.eventLoop().execute(this::onInactive);
            return;
        }
        for (var bytes = early.poll(); bytes != null; bytes = early.poll()) {
            read(bytes, listener);
        }
        listener.onReadComplete();
        if (!closing) {
            channel.config().setAutoRead(wanted);
        }
    }

    // ---- in

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        var bytes = (ByteBuf) message;
        var listener = events;
        if (listener == null && !closing) {
            early.add(bytes);
            return;
        }
        read(bytes, listener);
    }

    private void read(ByteBuf bytes, @Nullable LinkEvents listener) {
        reading = true;
        try {
            if (listener == null || closing) {
                return;
            }
            if (blockReads.isRest(bytes)) {
                reader.filled(bytes.readableBytes(), listener);
            } else {
                for (var part : bytes.nioBuffers()) {
                    reader.read(part, listener);
                }
            }
        } catch (ProtocolException e) {
            close(String.valueOf(e.getMessage()));
        } finally {
            bytes.release();
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        if (events != null && !closing) {
            events.onReadComplete();
        }
        reading = false;
        flush();
        if (channel.pipeline().first() == this) {
            channel.config().setAllocator(blockReads);
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (events != null && !closing && channel.isWritable()) {
            events.onWritable();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        onInactive();
    }

    private void onInactive() {
        closing = true;
        reader.stop();
        for (var bytes = early.poll(); bytes != null; bytes = early.poll()) {
            bytes.release();
        }
        if (gathered != null) {
            gathered.release();
            gathered = null;
        }
        var listener = events;
        if (listener != null) {
            events = null;
            listener.onClosed(reason);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        close(cause.toString());
    }

    // ---- out

    @Override
    public void send(Message message) {
        if (closing) {
            return;
        }
        try {
            int size = WireWriter.size(message);
            var out = room(size);
            WireWriter.write(message, out.internalNioBuffer(out.writerIndex(), size));
            out.writerIndex(out.writerIndex() + size);
            scheduleFlush();
        } catch (OutOfMemoryError e) {
            noMemory(e);
        }
    }

    /** Whoever sends to many must not be kept from the others: it costs this peer, and nothing is thrown. */
    private void noMemory(OutOfMemoryError problem) {
        close("there is no memory for what it is to be sent: " + problem.getMessage());
    }

    @Override
    public void sendBlock(int piece, int offset, int length, SharedBuffer data, int from) {
        if (closing) {
            return;
        }
        try {
            writeBlock(piece, offset, length, data, from);
        } catch (OutOfMemoryError e) {
            noMemory(e);
        }
    }

    private void writeBlock(int piece, int offset, int length, SharedBuffer data, int from) {
        var out = room(WireWriter.PIECE_HEADER);
        WireWriter.writePieceHeader(
                piece, offset, length, out.internalNioBuffer(out.writerIndex(), WireWriter.PIECE_HEADER));
        out.writerIndex(out.writerIndex() + WireWriter.PIECE_HEADER);
        channel.write(out.readRetainedSlice(out.readableBytes()), channel.voidPromise());
        channel.write(slice(data, from, length), channel.voidPromise());
        scheduleFlush();
    }

    private static ByteBuf slice(SharedBuffer data, int from, int length) {
        if (data instanceof PooledBuffers.Pooled pooled) {
            return pooled.bytes().retainedSlice(from, length);
        }
        ByteBuffer copy =
                ByteBuffer.allocate(length).put(data.view().slice(from, length)).flip();
        return Unpooled.wrappedBuffer(copy);
    }

    private ByteBuf room(int size) {
        var out = gathered;
        if (out != null && out.writableBytes() >= size) {
            return out;
        }
        if (out != null) {
            handOver(out);
        }
        var fresh = channel.alloc().directBuffer(Math.max(GATHERED, size));
        gathered = fresh;
        return fresh;
    }

    private void handOver(ByteBuf out) {
        gathered = null;
        if (out.isReadable()) {
            channel.write(out, channel.voidPromise());
        } else {
            out.release();
        }
        if (channel.bytesBeforeWritable() > MOST_WAITING) {
            close("does not take what it asks for");
        }
    }

    private void scheduleFlush() {
        if (!flushDue) {
            flushDue = true;
            if (!reading) {
                channel.eventLoop().execute(this::flush);
            }
        }
    }

    private void flush() {
        if (flushDue && !reading) {
            flushDue = false;
            if (gathered != null) {
                handOver(gathered);
            }
            channel.flush();
        }
    }

    @Override
    public boolean isWritable() {
        return channel.isWritable() && !closing;
    }

    @Override
    public void mayWait(int bytes) {
        if (channel.config().getWriteBufferHighWaterMark() != bytes) {
            channel.config().setWriteBufferWaterMark(new WriteBufferWaterMark(bytes / 2, bytes));
        }
    }

    @Override
    public void setReading(boolean on) {
        wanted = on;
        channel.config().setAutoRead(on);
    }

    @Override
    public void close(String why) {
        if (!closing) {
            closing = true;
            reason = why;
            reader.stop();
            channel.close();
        }
    }
}
