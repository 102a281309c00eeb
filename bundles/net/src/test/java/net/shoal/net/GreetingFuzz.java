package net.shoal.net;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.embedded.EmbeddedChannel;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import net.shoal.api.net.DialOptions;
import net.shoal.api.net.Listener;
import net.shoal.api.net.NetworkScope;
import net.shoal.api.net.Transport;
import net.shoal.base.model.PeerAddress;
import net.shoal.base.wire.Handshake;
import net.shoal.fuzzing.Cost;
import net.shoal.fuzzing.Rounds;
import net.shoal.secure.plain.PlainLayer;
import org.junit.jupiter.api.Test;

/** Whatever comes to the front door first: it is let in as what it is, or waited for, or dropped, and nothing is thrown. */
class GreetingFuzz {
    private static final long SEED = 0xd00;

    @FuzzTest(maxDuration = "15s")
    void takesAnyBytes(byte[] bytes) {
        Cost.within(bytes.length, () -> judge(bytes));
    }

    private static void judge(byte[] bytes) {
        var reception = new Reception(new Fakes.ScopedNetwork(NetworkScope.INTERNET, null), SecurityPolicy.PREFER);
        var swarms = new Fakes.OneSwarm();
        var transport = new Nowhere();
        reception.transports().add(transport, Map.of());
        reception.layers().add(new PlainLayer(), Map.of());
        reception.directory(swarms);
        var channel = new EmbeddedChannel();
        reception.welcome(transport, channel);
        // in three parts, cut by what is in them
        int from = 0;
        for (int part = 0; part < 3 && channel.isOpen() && from < bytes.length; part++) {
            int count = part == 2 ? bytes.length - from : Math.min(bytes.length - from, bytes[from] & 0x3f);
            channel.writeInbound(Unpooled.wrappedBuffer(bytes, from, count));
            from += count;
        }
        channel.checkException();
        boolean isGreeting = bytes.length >= Handshake.LENGTH && swarms.accepted.size() == 1;
        if (!isGreeting && !swarms.accepted.isEmpty()) {
            throw new AssertionError("let in with " + bytes.length + " bytes, seed " + SEED);
        }
        channel.finishAndReleaseAll();
    }

    @Test
    void takesMutatedHandshakes() {
        var random = new Random(SEED);
        var good = ByteBuffer.allocate(Handshake.LENGTH + 40);
        Fakes.HANDSHAKE.write(good);
        for (int round = 0; round < Rounds.of(3_000); round++) {
            var bytes = good.array().clone();
            for (int i = random.nextInt(3); i > 0; i--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            takesAnyBytes(random.nextInt(4) == 0 ? Arrays.copyOf(bytes, random.nextInt(200)) : bytes);
        }
    }

    private static final class Nowhere implements Transport {
        @Override
        public String scheme() {
            return "nowhere";
        }

        @Override
        public boolean canDial(PeerAddress address) {
            return false;
        }

        @Override
        public CompletionStage<Channel> dial(PeerAddress address, DialOptions options) {
            throw new UnsupportedOperationException();
        }

        @Override
        public CompletionStage<Listener> listen(InetSocketAddress local, Consumer<Channel> inbound) {
            throw new UnsupportedOperationException();
        }
    }
}
