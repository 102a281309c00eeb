package net.shoal.secure.mse;

import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.shoal.api.net.SwarmDirectory;
import net.shoal.base.model.Sha1Hash;
import org.jspecify.annotations.Nullable;

/**
 * The side that was dialled. KEY awaits the other's public key, and says ours and PadB; SYNC awaits the end of PadA, SWARM whose swarm is
 * meant, PROVIDE what is offered, PAD the end of PadC and the length of the initial payload, which deciphers itself as it comes.
 */
final class Receiving extends Exchange {
    private static final int FIELDS = VC_LENGTH + 4 + 2;

    private enum Stage {
        KEY,
        SYNC,
        SWARM,
        PROVIDE,
        PAD
    }

    private final SwarmKeys swarmKeys;
    private final SwarmDirectory swarms;
    private final List<Method> liked;
    private Stage stage = Stage.KEY;
    private @Nullable Secret secret;
    private @Nullable Streams streams;
    private byte[] sync = {};
    private int provided;
    private int pad;

    /** @param liked the methods we take, best first */
    Receiving(Workers workers, Random random, SwarmKeys swarmKeys, SwarmDirectory swarms, List<Method> liked) {
        super(workers, random);
        this.swarmKeys = swarmKeys;
        this.swarms = swarms;
        this.liked = List.copyOf(liked);
    }

    @Override
    boolean step(ByteBuf in) {
        return switch (stage) {
            case KEY -> readKey(in);
            case SYNC -> sync(in);
            case SWARM -> readSwarm(in);
            case PROVIDE -> readProvided(in);
            case PAD -> readPad(in);
        };
    }

    private boolean readKey(ByteBuf in) {
        if (in.readableBytes() < KeyPair.LENGTH) {
            return false;
        }
        var theirs = new byte[KeyPair.LENGTH];
        in.readBytes(theirs);
        compute(
                () -> {
                    var ours = KeyPair.make(random());
                    return new Answer(ours.secret(theirs).map(Secret::new), padded(ours.publicKey()));
                },
                this::answer);
        return false;
    }

    private void answer(Answer answer) {
        if (answer.secret().isEmpty()) {
            fail(new IOException("its public key is none"));
            return;
        }
        secret = answer.secret().get();
        sync = secret.sync();
        stage = Stage.SYNC;
        send(answer.message());
    }

    private boolean sync(ByteBuf in) {
        if (synchronise(in, sync)) {
            stage = Stage.SWARM;
            return true;
        }
        return false;
    }

    private boolean readSwarm(ByteBuf in) {
        var shared = secret;
        if (shared == null || in.readableBytes() < Sha1Hash.LENGTH) {
            return false;
        }
        var masked = Sha1Hash.read(in.nioBuffer(in.readerIndex(), Sha1Hash.LENGTH));
        in.skipBytes(Sha1Hash.LENGTH);
        compute(
                () -> swarmKeys
                        .find(swarms.infoHashes(), masked, shared)
                        .map(swarm -> Streams.ofReceiver(shared, swarm)),
                this::found);
        return false;
    }

    private void found(Optional<Streams> swarm) {
        if (swarm.isEmpty()) {
            fail(new IOException("it asks for no swarm of ours"));
            return;
        }
        streams = swarm.get();
        stage = Stage.PROVIDE;
    }

    private boolean readProvided(ByteBuf in) {
        var ciphers = streams;
        if (ciphers == null || in.readableBytes() < FIELDS) {
            return false;
        }
        ciphers.in().apply(in, FIELDS);
        long vc = in.readLong();
        provided = in.readInt();
        pad = in.readUnsignedShort();
        if (vc != 0 || pad > MOST_PAD) {
            fail(new IOException(vc != 0 ? "its key is another one" : "it pads too much"));
            return false;
        }
        stage = Stage.PAD;
        return true;
    }

    private boolean readPad(ByteBuf in) {
        var ciphers = streams;
        if (ciphers == null || in.readableBytes() < pad + 2) {
            return false;
        }
        var method = Method.choose(liked, provided);
        if (method.isEmpty()) {
            fail(new IOException("it offers encryption " + provided + ", which is none that may be used here"));
            return false;
        }
        ciphers.in().apply(in, pad + 2);
        in.skipBytes(pad);
        int initialPayload = in.readUnsignedShort();
        select(method.get(), ciphers);
        succeed(method.get(), ciphers.in(), ciphers.out(), initialPayload, false);
        return false;
    }

    private void select(Method method, Streams ciphers) {
        int padD = emptyPad();
        var fields = ByteBuffer.allocate(FIELDS + padD);
        fields.position(VC_LENGTH);
        fields.putInt(method.bit()).putShort((short) padD);
        ciphers.out().apply(fields.array(), 0, fields.capacity());
        send(fields.rewind());
    }

    @Override
    IOException hungUp() {
        return new IOException("it hung up in the midst of MSE");
    }

    private record Answer(Optional<Secret> secret, ByteBuffer message) {}
}
