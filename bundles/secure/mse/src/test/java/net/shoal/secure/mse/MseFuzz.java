package net.shoal.secure.mse;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import net.shoal.api.net.SecureLayer.Need;
import net.shoal.api.net.Target;
import net.shoal.fuzzing.Cost;
import net.shoal.fuzzing.Rounds;
import org.junit.jupiter.api.Test;

/**
 * Whatever comes in, there is a result or a failure, nothing is thrown, and little is kept. Behind the key exchange anything would be noise, so
 * what is mutated is what an honest side says to one whose randomness is known.
 */
class MseFuzz {
    private static final long SEED = 0x5110a1;
    private static final int ROUNDS = Rounds.of(2_000);
    private static final int SEEDS = 20;

    @FuzzTest(maxDuration = "30s")
    void takesAnyBytes(FuzzedDataProvider data) {
        boolean receiving = data.consumeBoolean();
        var messages = new ArrayList<byte[]>();
        while (data.remainingBytes() > 0) {
            messages.add(data.consumeBytes(data.consumeInt(1, 700)));
        }
        hear(receiving, 1, messages);
    }

    /** @return whether the exchange came to its end */
    private static boolean hear(boolean receiving, long seed, List<byte[]> messages) {
        boolean[] completed = new boolean[1];
        Cost.within(messages.stream().mapToInt(message -> message.length).sum(), () -> {
            var channel = new EmbeddedChannel();
            var done = begin(channel, receiving, seed);
            messages.forEach(message -> say(channel, message));
            completed[0] = done.getAsBoolean();
            end(channel);
        });
        return completed[0];
    }

    @Test
    void takesMutatedExchanges() {
        var random = new Random(SEED);
        var receivers =
                IntStream.range(0, SEEDS).mapToObj(seed -> honest(true, seed)).toList();
        var diallers =
                IntStream.range(0, SEEDS).mapToObj(seed -> honest(false, seed)).toList();
        int completed = 0;
        for (int round = 0; round < ROUNDS; round++) {
            boolean receiving = random.nextBoolean();
            int seed = random.nextInt(SEEDS);
            var messages = (receiving ? receivers : diallers)
                    .get(seed).stream()
                            .map(message -> random.nextInt(3) > 0 ? message : mutated(message, random))
                            .toList();
            completed += hear(receiving, seed, messages) ? 1 : 0;
        }
        assertThat(completed)
                .as("some get through unharmed, seed %s", SEED)
                .isBetween(ROUNDS / 20, ROUNDS - ROUNDS / 20);
    }

    private static BooleanSupplier begin(EmbeddedChannel channel, boolean receiving, long seed) {
        var layer = Two.layer(Method.PLAINTEXT, new Random(seed));
        var done = (receiving
                        ? layer.accept(channel, new Two.Swarms(List.of(Two.SWARM)), Need.ANY)
                        : layer.secure(channel, Target.of(Two.HANDSHAKE), Need.ANY))
                .toCompletableFuture();
        return () -> done.isDone() && !done.isCompletedExceptionally();
    }

    /** What the other side says to the one that begins with this seed. */
    private static List<byte[]> honest(boolean receiving, long seed) {
        var random = new Random(seed);
        var own = Two.layer(Method.PLAINTEXT, random);
        var other = Two.layer(Method.RC4, new Random(seed + 1));
        var said = new ArrayList<byte[]>();
        try (var two = receiving
                ? new Two(random, other, Need.ANY, own, Need.ANY)
                : new Two(random, own, Need.ANY, other, Need.ANY)) {
            boolean moved = true;
            while (moved) {
                boolean there = pass(two.dialler, two.receiver, receiving ? said : new ArrayList<>());
                boolean back = pass(two.receiver, two.dialler, receiving ? new ArrayList<>() : said);
                moved = there || back;
            }
        }
        return said;
    }

    private static boolean pass(EmbeddedChannel from, EmbeddedChannel to, List<byte[]> said) {
        ByteBuf bytes = from.readOutbound();
        if (bytes == null) {
            return false;
        }
        var copy = new byte[bytes.readableBytes()];
        bytes.getBytes(bytes.readerIndex(), copy);
        said.add(copy);
        to.writeInbound(bytes);
        return true;
    }

    private static byte[] mutated(byte[] message, Random random) {
        var out = Unpooled.buffer();
        out.writeBytes(message);
        for (int changes = 1 + random.nextInt(3); changes > 0 && out.isReadable(); changes--) {
            switch (random.nextInt(3)) {
                case 0 -> out.setByte(random.nextInt(out.writerIndex()), random.nextInt());
                case 1 -> out.writerIndex(random.nextInt(out.writerIndex() + 1));
                default -> out.writeZero(random.nextInt(700));
            }
        }
        var bytes = new byte[out.readableBytes()];
        out.readBytes(bytes);
        return bytes;
    }

    private static void say(EmbeddedChannel channel, byte[] bytes) {
        if (channel.isOpen()) {
            channel.writeInbound(Unpooled.wrappedBuffer(bytes));
        }
        ByteBuf out = channel.readOutbound();
        while (out != null) {
            out.release();
            out = channel.readOutbound();
        }
    }

    private static void end(EmbeddedChannel channel) {
        channel.checkException();
        channel.finishAndReleaseAll();
    }
}
