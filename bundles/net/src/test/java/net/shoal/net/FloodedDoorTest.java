package net.shoal.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.embedded.EmbeddedChannel;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import net.shoal.api.net.DialOptions;
import net.shoal.api.net.Listener;
import net.shoal.api.net.NetworkScope;
import net.shoal.api.net.Transport;
import net.shoal.base.model.PeerAddress;
import net.shoal.base.wire.Handshake;
import net.shoal.secure.plain.PlainLayer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * 10,000 connections that say nothing and 1,000 that say a byte a second (reliability R9), on virtual time: few are there at once, none for
 * longer than ten seconds, and who says what he wants is let in all the while.
 */
@ExtendWith(NoLeaks.class)
@Timeout(120)
class FloodedDoorTest {
    private static final int SECONDS = 10;
    private static final int IDLE_A_SECOND = 1_000;
    private static final int DRIPPING_A_SECOND = 100;

    private final Reception reception =
            new Reception(new Fakes.ScopedNetwork(NetworkScope.INTERNET, null), SecurityPolicy.PREFER);
    private final Fakes.OneSwarm swarms = new Fakes.OneSwarm();
    private final Transport transport = new Nowhere();
    private final List<Guest> guests = new ArrayList<>();
    private final byte[] handshake = bytes();

    /** One who floods. */
    private static final class Guest {
        final EmbeddedChannel channel = new EmbeddedChannel();
        final boolean drips;
        int said;
        int seconds;

        Guest(boolean drips) {
            this.drips = drips;
            channel.freezeTime();
        }

        void second(byte[] handshake) {
            if (drips && channel.isOpen()) {
                channel.writeInbound(Unpooled.copiedBuffer(handshake, said++, 1));
            }
            channel.advanceTimeBy(1, TimeUnit.SECONDS);
            channel.runScheduledPendingTasks();
            seconds++;
        }
    }

    @Test
    void fewAreThereAtOnceNoneForLongAndOthersAreLetIn() {
        reception.transports().add(transport, Map.of());
        reception.layers().add(new PlainLayer(), Map.of());
        reception.directory(swarms);
        for (int second = 0; second < SECONDS; second++) {
            for (int i = 0; i < IDLE_A_SECOND + DRIPPING_A_SECOND; i++) {
                var guest = new Guest(i % 11 == 0);
                reception.welcome(transport, guest.channel);
                guests.add(guest);
                if (i % 100 == 0) {
                    assertWelcome();
                }
            }
            assertThat(open()).as("open in second %s", second).isLessThanOrEqualTo(Waiting.MOST);
            guests.stream().filter(guest -> guest.channel.isOpen()).forEach(guest -> guest.second(handshake));
        }
        assertThat(guests).hasSize(11_000);
        for (int second = 0; second < SECONDS && open() > 0; second++) {
            guests.stream().filter(guest -> guest.channel.isOpen()).forEach(guest -> guest.second(handshake));
        }
        assertThat(open()).as("open at last").isZero();
        assertThat(guests).allMatch(guest -> guest.seconds <= SECONDS);
        assertWelcome();
        guests.forEach(guest -> guest.channel.finishAndReleaseAll());
    }

    private long open() {
        return guests.stream().filter(guest -> guest.channel.isOpen()).count();
    }

    /** The bytes of an honest peer come in two parts. */
    private void assertWelcome() {
        var honest = new EmbeddedChannel();
        reception.welcome(transport, honest);
        honest.writeInbound(Unpooled.copiedBuffer(handshake, 0, 20));
        honest.writeInbound(Unpooled.copiedBuffer(handshake, 20, Handshake.LENGTH - 20));
        assertThat(swarms.accepted.remove().channel()).isSameAs(honest);
        honest.finishAndReleaseAll();
    }

    private static byte[] bytes() {
        var out = ByteBuffer.allocate(Handshake.LENGTH);
        Fakes.HANDSHAKE.write(out);
        return out.array();
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
