package net.shoal.secure.mse;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.ByteArrayOutputStream;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntSupplier;
import net.shoal.api.net.SecureChannel;
import net.shoal.api.net.SecureLayer.Need;
import net.shoal.api.net.SecureLayer.Secured;
import net.shoal.api.net.SwarmDirectory;
import net.shoal.api.net.Target;
import net.shoal.base.model.PeerId;
import net.shoal.base.model.Sha1Hash;
import net.shoal.base.wire.Handshake;

/** A dialler and a receiver, and the bytes between them, cut as the randomness has it. */
final class Two implements AutoCloseable {
    static final Sha1Hash SWARM = new Sha1Hash(1, 2, 3);
    static final Handshake HANDSHAKE = new Handshake(0, SWARM, new PeerId(new Sha1Hash(4, 5, 6)));

    final EmbeddedChannel dialler = new EmbeddedChannel();
    final EmbeddedChannel receiver = new EmbeddedChannel();
    final Collecting atDialler = new Collecting();
    final Collecting atReceiver = new Collecting();
    final CompletableFuture<Secured> dialled;
    final CompletableFuture<Secured> received;
    private final Random random;

    Two(Random random, MseLayer dialling, Need diallerNeeds, MseLayer receiving, Need receiverNeeds) {
        this(random, dialling, diallerNeeds, receiving, receiverNeeds, SWARM);
    }

    Two(Random random, MseLayer dialling, Need diallerNeeds, MseLayer receiving, Need receiverNeeds, Sha1Hash served) {
        this.random = random;
        received = receiving
                .accept(receiver, new Swarms(List.of(new Sha1Hash(9, 9, 9), served)), receiverNeeds)
                .toCompletableFuture();
        receiver.pipeline().addLast(atReceiver);
        dialler.config().setAutoRead(false);
        dialled = dialling.secure(dialler, Target.of(HANDSHAKE), diallerNeeds).toCompletableFuture();
        dialler.pipeline().addLast(atDialler);
    }

    static MseLayer layer(Method preferred, Random random) {
        return new MseLayer(preferred, Workers.of(Runnable::run), random);
    }

    /** Carries all there is, until there is nothing more. */
    void carry() {
        boolean moved = true;
        while (moved) {
            boolean there = carry(dialler, receiver);
            boolean back = carry(receiver, dialler);
            moved = there || back;
        }
    }

    void carryByteByByte() {
        boolean moved = true;
        while (moved) {
            boolean there = carry(dialler, receiver, () -> 1);
            boolean back = carry(receiver, dialler, () -> 1);
            moved = there || back;
        }
    }

    /** Some messages whole, by turns, and of the next one its beginning. */
    void carryMessages(int messages, int more) {
        for (int n = 0; n <= messages; n++) {
            var from = n % 2 == 0 ? dialler : receiver;
            var to = n % 2 == 0 ? receiver : dialler;
            ByteBuf bytes = from.readOutbound();
            if (bytes != null) {
                int length = n < messages ? bytes.readableBytes() : Math.min(more, bytes.readableBytes());
                to.writeInbound(Unpooled.copiedBuffer(bytes.readSlice(length)));
                bytes.release();
            }
        }
    }

    private boolean carry(EmbeddedChannel from, EmbeddedChannel to) {
        return carry(from, to, () -> 1 + random.nextInt(random.nextBoolean() ? 3 : 2_000));
    }

    private static boolean carry(EmbeddedChannel from, EmbeddedChannel to, IntSupplier parts) {
        ByteBuf bytes = from.readOutbound();
        if (bytes == null) {
            return false;
        }
        while (bytes.isReadable()) {
            int part = Math.min(bytes.readableBytes(), parts.getAsInt());
            to.writeInbound(Unpooled.copiedBuffer(bytes.readSlice(part)));
        }
        bytes.release();
        return true;
    }

    @Override
    public void close() {
        dialler.finishAndReleaseAll();
        receiver.finishAndReleaseAll();
    }

    record Swarms(Collection<Sha1Hash> infoHashes) implements SwarmDirectory {
        @Override
        public boolean accept(SecureChannel channel, Handshake handshake) {
            return false;
        }
    }

    /** All that comes through. */
    static final class Collecting extends ChannelInboundHandlerAdapter {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        byte[] bytes() {
            return bytes.toByteArray();
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
            var in = (ByteBuf) message;
            in.readBytes(bytes, in.readableBytes());
            in.release();
        }
    }
}
