package net.shoal.secure.mse;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;
import net.shoal.api.net.SecureLayer.Secured;
import org.jspecify.annotations.Nullable;

/**
 * One side of the exchange, at the front of the pipeline until it is over; then what deciphers takes its place. On the channel's event loop,
 * but for arithmetic, during which nothing more is read. What has arrived and is not used yet is bounded by what an honest peer may
 * send before it has to wait.
 *
 * <p>Subclasses are state machines: {@link #step} is called until it wants for more bytes.
 */
abstract sealed class Exchange extends ChannelInboundHandlerAdapter permits Dialling, Receiving {
    /** Of PadA, PadB, PadC and PadD. */
    static final int MOST_PAD = 512;

    static final int VC_LENGTH = 8;
    /** All pads, hashes and keys are less than 2 KiB; an initial payload is less than 64. */
    static final int MOST_UNREAD = 68 * 1024;

    private final Workers workers;
    private final Random random;
    private final CompletableFuture<Secured> done = new CompletableFuture<>();
    private @Nullable ChannelHandlerContext context;
    private @Nullable ByteBuf unread;
    private boolean computing;

    Exchange(Workers workers, Random random) {
        this.workers = workers;
        this.random = random;
    }

    CompletableFuture<Secured> done() {
        return done;
    }

    /** Does what can be done with what has arrived; @return false if that is nothing */
    abstract boolean step(ByteBuf in);

    /** Why the exchange failed, when the remote hangs up. */
    abstract IOException hungUp();

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        context = added;
        unread = added.alloc().heapBuffer(KeyPair.LENGTH + MOST_PAD);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext removed) {
        if (unread != null) {
            unread.release();
            unread = null;
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext reading, Object message) {
        var bytes = (ByteBuf) message;
        try {
            if (unread != null && !done.isDone()) {
                unread.discardSomeReadBytes().writeBytes(bytes);
            }
        } finally {
            bytes.release();
        }
        proceed();
        if (unread != null && unread.readableBytes() > MOST_UNREAD) {
            fail(new IOException("it sends too much before the exchange is over"));
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext reading) {
        if (done.isDone()) {
            reading.fireChannelReadComplete();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext inactive) {
        fail(hungUp());
        inactive.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext failing, Throwable cause) {
        fail(cause instanceof IOException ? hungUp() : new IOException("the exchange failed: " + cause, cause));
    }

    void proceed() {
        var in = unread;
        while (in != null && !computing && !done.isDone() && step(in)) {
            in = unread;
        }
    }

    /** Computes off the event loop, and goes on with the result. */
    <T> void compute(Supplier<T> task, Consumer<T> then) {
        var channel = context().channel();
        computing = true;
        channel.config().setAutoRead(false);
        workers.compute(task, channel.eventLoop(), (result, error) -> {
            computing = false;
            if (done.isDone()) {
                return;
            }
            if (result == null) {
                fail(error instanceof IOException io ? io : new IOException("the exchange failed: " + error, error));
                return;
            }
            then.accept(result);
            if (!done.isDone()) {
                channel.config().setAutoRead(true);
                proceed();
            }
        });
    }

    void send(ByteBuffer message) {
        context().writeAndFlush(context().alloc().buffer(message.remaining()).writeBytes(message));
    }

    /** A message, and random bytes of a random length behind it, as long as the standard allows. */
    ByteBuffer padded(byte[] before) {
        var message = new byte[before.length + random.nextInt(MOST_PAD + 1)];
        random.nextBytes(message);
        System.arraycopy(before, 0, message, 0, before.length);
        return ByteBuffer.wrap(message);
    }

    /** The length of a pad that is for nothing but its length: its bytes are zero. */
    int emptyPad() {
        return random.nextInt(MOST_PAD + 1);
    }

    Random random() {
        return random;
    }

    /**
     * Skips a pad up to the end of a pattern.
     *
     * @return false if the pattern has not come yet; fails the exchange if it is late
     */
    boolean synchronise(ByteBuf in, byte[] pattern) {
        int last = Math.min(MOST_PAD, in.readableBytes() - pattern.length);
        for (int skipped = 0; skipped <= last; skipped++) {
            if (matches(in, in.readerIndex() + skipped, pattern)) {
                in.skipBytes(skipped + pattern.length);
                return true;
            }
        }
        if (last == MOST_PAD) {
            fail(new IOException("no end of its padding where there has to be one"));
        }
        return false;
    }

    static boolean matches(ByteBuf in, int at, byte[] pattern) {
        for (int n = 0; n < pattern.length; n++) {
            if (in.getByte(at + n) != pattern[n]) {
                return false;
            }
        }
        return true;
    }

    /**
     * The exchange is over: what is unread goes on to whoever comes behind.
     *
     * @param first bytes still to come that are encrypted in any case
     */
    void succeed(Method method, Rc4 in, Rc4 out, int first, boolean greeted) {
        var rest = unread;
        unread = null;
        var pipeline = context().pipeline();
        if (method == Method.RC4) {
            pipeline.replace(this, null, new Rc4Codec(in, out));
        } else if (first > 0) {
            pipeline.replace(this, null, new InitialPayload(in, first));
        } else {
            pipeline.remove(this);
        }
        done.complete(new Secured(method == Method.RC4, greeted, Optional.empty()));
        if (rest != null && rest.isReadable()) {
            pipeline.fireChannelRead(rest);
            pipeline.fireChannelReadComplete();
        } else if (rest != null) {
            rest.release();
        }
    }

    void fail(IOException reason) {
        done.completeExceptionally(reason);
    }

    ChannelHandlerContext context() {
        var known = context;
        if (known == null) {
            throw new IllegalStateException("not in a pipeline");
        }
        return known;
    }
}
