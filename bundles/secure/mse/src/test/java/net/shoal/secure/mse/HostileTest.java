package net.shoal.secure.mse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import net.shoal.api.net.SecureLayer.Need;
import net.shoal.api.net.SecureLayer.Secured;
import net.shoal.api.net.Target;
import net.shoal.base.model.PeerId;
import net.shoal.base.model.Sha1Hash;
import net.shoal.base.wire.Handshake;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a remote may do to the side that was dialled, and to the one that dialled it. */
@Timeout(30)
class HostileTest {
    private final Random random = new Random(0xbad);
    private final EmbeddedChannel channel = new EmbeddedChannel();

    @AfterEach
    void close() {
        channel.finishAndReleaseAll();
    }

    @Test
    void paddingWithoutEndEndsAsSoonAsItIsTooLong() {
        var accepted = accept(channel);
        say(key());
        say(new byte[Exchange.MOST_PAD + Sha1Hash.LENGTH - 1]);
        assertThat(accepted).isNotDone();
        say(new byte[1]);
        assertThatThrownBy(accepted::join).hasMessageContaining("no end of its padding");
    }

    @Test
    void theDiallerDoesNotReadEndlessPaddingEither() {
        var dialled = dial(channel);
        say(key());
        say(new byte[Exchange.MOST_PAD + Exchange.VC_LENGTH - 1]);
        assertThat(dialled).isNotDone();
        say(new byte[1]);
        assertThatThrownBy(dialled::join).hasMessageContaining("no end of its padding");
    }

    @Test
    void aKeyThatIsNoneIsRefused() {
        for (var bad : List.of(new byte[KeyPair.LENGTH], one(), most())) {
            var fresh = new EmbeddedChannel();
            var accepted = accept(fresh);
            fresh.writeInbound(Unpooled.wrappedBuffer(bad));
            assertThatThrownBy(accepted::join).hasMessageContaining("its public key is none");
            assertThat(fresh.<ByteBuf>readOutbound())
                    .as("nothing is said to it")
                    .isNull();
            fresh.finishAndReleaseAll();
        }
    }

    @Test
    void aByteAtATimeIsGoodEnough() {
        try (var two = two(Two.SWARM)) {
            two.carryByteByByte();
            assertThat(two.received).isCompleted();
            assertThat(two.dialled).isCompleted();
        }
    }

    @Test
    void aSwarmThatIsNotServedEndsIt() {
        try (var two = two(new Sha1Hash(6, 6, 6))) {
            two.carry();
            assertThatThrownBy(two.received::join).hasMessageContaining("it asks for no swarm of ours");
            assertThat(two.dialled).isNotDone();
        }
    }

    @Test
    void aDiallerThatDisappearsAnywhereIsForgotten() {
        for (int cut = 0; cut < 12; cut++) {
            try (var two = two(Two.SWARM)) {
                two.carryMessages(cut % 4, cut * 37);
                two.receiver.close();
                two.dialler.close();
                assertThat(two.received).isDone();
                assertThat(two.dialled).isDone();
            }
        }
    }

    @Test
    void aFloodBeforeTheExchangeIsOverIsNotKept() {
        // the arithmetic takes for ever: nothing can be used
        var never = new MseLayer(Method.PLAINTEXT, Workers.of(task -> {}), random);
        var accepted = never.accept(channel, new Two.Swarms(List.of(Two.SWARM)), Need.ANY)
                .toCompletableFuture();
        say(key());
        assertThat(channel.config().isAutoRead()).isFalse();
        for (int sent = 0; sent <= Exchange.MOST_UNREAD; sent += 16 * 1024) {
            say(new byte[16 * 1024]);
        }
        assertThatThrownBy(accepted::join).hasMessageContaining("too much");
    }

    @Test
    void moreExchangesThanCanWaitAreDropped() {
        var workers = Workers.oneThread(1);
        var block = new CompletableFuture<Void>();
        var failed = new CompletableFuture<Throwable>();
        for (int i = 0; i < 3; i++) {
            workers.compute(block::join, channel.eventLoop(), (result, error) -> {
                if (error != null) {
                    failed.complete(error);
                }
            });
        }
        assertThat(failed.orTimeout(10, TimeUnit.SECONDS).join()).hasMessage("too many key exchanges at once");
        block.complete(null);
        workers.close();
    }

    private static Two two(Sha1Hash served) {
        var random = new Random(0xbad2);
        return new Two(
                random, Two.layer(Method.PLAINTEXT, random), Need.ANY, Two.layer(Method.RC4, random), Need.ANY, served);
    }

    private CompletableFuture<Secured> accept(EmbeddedChannel on) {
        return Two.layer(Method.PLAINTEXT, random)
                .accept(on, new Two.Swarms(List.of(Two.SWARM)), Need.ANY)
                .toCompletableFuture();
    }

    private CompletableFuture<Secured> dial(EmbeddedChannel on) {
        return Two.layer(Method.PLAINTEXT, random)
                .secure(on, Target.of(new Handshake(0, Two.SWARM, new PeerId(Two.SWARM))), Need.ANY)
                .toCompletableFuture();
    }

    private void say(byte[] bytes) {
        channel.writeInbound(Unpooled.wrappedBuffer(bytes));
        for (ByteBuf out = channel.readOutbound(); out != null; out = channel.readOutbound()) {
            out.release();
        }
    }

    private byte[] key() {
        return KeyPair.make(random).publicKey();
    }

    private static byte[] one() {
        var bytes = new byte[KeyPair.LENGTH];
        bytes[KeyPair.LENGTH - 1] = 1;
        return bytes;
    }

    private static byte[] most() {
        var bytes = KeyPair.PRIME.subtract(BigInteger.ONE).toByteArray();
        return Arrays.copyOfRange(bytes, bytes.length - KeyPair.LENGTH, bytes.length);
    }
}
