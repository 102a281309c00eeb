package net.shoal.secure.mse;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import net.shoal.api.net.RefusedException;
import net.shoal.api.net.Target;
import net.shoal.base.model.Sha1Hash;
import net.shoal.base.wire.Handshake;
import org.jspecify.annotations.Nullable;

/**
 * The side that dials. It says its public key and PadA; KEY awaits the other's, and says whose swarm it means, what it offers, and the
 * handshake as initial payload; SYNC awaits the end of PadB, SELECT what was chosen, PAD the end of PadD.
 *
 * <p>Until there is a key, the remote may well be a client that does not know MSE; from then on it does.
 */
final class Dialling extends Exchange {
    /** A client that does not know MSE may wait for more than we say. */
    static final long KEY_SECONDS = 5;

    private enum Stage {
        KEY,
        SYNC,
        SELECT,
        PAD
    }

    private final Target target;
    private final List<Method> offered;
    private Stage stage = Stage.KEY;
    private @Nullable Future<?> deadline;
    private @Nullable KeyPair keys;
    private @Nullable Streams streams;
    private byte[] vc = {};
    private Method selected = Method.PLAINTEXT;
    private int pad;

    Dialling(Workers workers, Random random, Target target, List<Method> offered) {
        super(workers, random);
        this.target = target;
        this.offered = List.copyOf(offered);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        super.handlerAdded(added);
        compute(
                () -> {
                    var made = KeyPair.make(random());
                    return new Opening(made, padded(made.publicKey()));
                },
                this::open);
    }

    private void open(Opening opening) {
        keys = opening.keys();
        send(opening.message());
        deadline = context()
                .executor()
                .schedule(
                        () -> {
                            if (stage == Stage.KEY) {
                                fail(new IOException("it does not answer to MSE"));
                            }
                        },
                        KEY_SECONDS,
                        TimeUnit.SECONDS);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext removed) {
        super.handlerRemoved(removed);
        if (deadline != null) {
            deadline.cancel(false);
        }
    }

    @Override
    boolean step(ByteBuf in) {
        return switch (stage) {
            case KEY -> readKey(in);
            case SYNC -> sync(in);
            case SELECT -> readSelected(in);
            case PAD -> readPad(in);
        };
    }

    private boolean readKey(ByteBuf in) {
        if (PlainHeader.isIn(in)) {
            fail(new IOException("it speaks the plain protocol only"));
            return false;
        }
        var own = keys;
        if (own == null || in.readableBytes() < KeyPair.LENGTH) {
            return false;
        }
        var theirs = new byte[KeyPair.LENGTH];
        in.readBytes(theirs);
        compute(() -> own.secret(theirs).map(s -> Streams.ofDialler(new Secret(s), target.infoHash())), this::request);
        return false;
    }

    private void request(Optional<Streams> agreed) {
        if (agreed.isEmpty()) {
            fail(new IOException("its public key is none"));
            return;
        }
        var ciphers = agreed.get();
        streams = ciphers;
        // what the other side enciphers eight zeros to
        vc = new byte[VC_LENGTH];
        ciphers.in().apply(vc, 0, VC_LENGTH);
        stage = Stage.SYNC;
        int padC = emptyPad();
        var fields = ByteBuffer.allocate(VC_LENGTH + 4 + 2 + padC + 2 + Handshake.LENGTH);
        fields.position(VC_LENGTH);
        fields.putInt(Method.bits(offered)).putShort((short) padC).position(fields.position() + padC);
        fields.putShort((short) Handshake.LENGTH);
        target.handshake().write(fields);
        ciphers.out().apply(fields.array(), 0, fields.capacity());
        var message = ByteBuffer.allocate(2 * Sha1Hash.LENGTH + fields.capacity());
        message.put(ciphers.secret().sync());
        ciphers.secret().masked(target.infoHash()).write(message);
        send(message.put(fields.array()).flip());
    }

    private boolean sync(ByteBuf in) {
        if (synchronise(in, vc)) {
            stage = Stage.SELECT;
            return true;
        }
        return false;
    }

    private boolean readSelected(ByteBuf in) {
        var ciphers = streams;
        if (ciphers == null || in.readableBytes() < 4 + 2) {
            return false;
        }
        ciphers.in().apply(in, 4 + 2);
        int bits = in.readInt();
        pad = in.readUnsignedShort();
        var choice = Method.selected(offered, bits);
        if (choice.isEmpty() || pad > MOST_PAD) {
            fail(new RefusedException(
                    choice.isEmpty()
                            ? "it selected encryption " + bits + ", which was not offered"
                            : "it pads too much"));
            return false;
        }
        selected = choice.get();
        stage = Stage.PAD;
        return true;
    }

    private boolean readPad(ByteBuf in) {
        var ciphers = streams;
        if (ciphers == null || in.readableBytes() < pad) {
            return false;
        }
        ciphers.in().apply(in, pad);
        in.skipBytes(pad);
        context().channel().config().setAutoRead(false);
        succeed(selected, ciphers.in(), ciphers.out(), 0, true);
        return false;
    }

    @Override
    IOException hungUp() {
        return stage == Stage.KEY
                ? new IOException("it hung up on MSE")
                : new RefusedException("it hung up: it has no use for this connection, or nothing of this content");
    }

    private record Opening(KeyPair keys, ByteBuffer message) {}
}
