package net.shoal.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WaitingTest {
    private final Waiting waiting = Waiting.within(Long.MAX_VALUE);

    @Test
    void dropsTheOldestOfAnAddressThatSendsTooMany() {
        var other = add("10.0.0.2");
        var flood = new ArrayList<EmbeddedChannel>();
        for (int i = 0; i < waiting.mostOfAddress() + 3; i++) {
            flood.add(add("10.0.0.1"));
        }
        assertThat(flood.subList(0, 3)).noneMatch(EmbeddedChannel::isOpen);
        assertThat(flood.subList(3, flood.size())).allMatch(EmbeddedChannel::isOpen);
        assertThat(other.isOpen()).isTrue();
    }

    @Test
    void dropsTheOldestOfAll() {
        var all = new ArrayList<EmbeddedChannel>();
        for (int i = 0; i < waiting.most() + 2; i++) {
            all.add(add("10.0." + i + ".1"));
        }
        assertThat(all.subList(0, 2)).noneMatch(EmbeddedChannel::isOpen);
        assertThat(all.subList(2, all.size())).allMatch(EmbeddedChannel::isOpen);
        assertThat(waiting.size()).isEqualTo(waiting.most());
    }

    @Test
    void takesAPartOfTheDescriptorsAndNeverNone() {
        assertThat(Waiting.within(Long.MAX_VALUE).most()).isEqualTo(200);
        assertThat(Waiting.within(1_024).most()).isEqualTo(128);
        assertThat(Waiting.within(256).most()).isEqualTo(32);
        assertThat(Waiting.within(20).most()).isEqualTo(8);
        assertThat(Waiting.within(20).mostOfAddress()).isEqualTo(2);
    }

    @Test
    void whileThoseThatWereDroppedAreStillOpenNewcomersAreClosed() {
        var few = Waiting.within(64);
        for (int i = 0; i < few.most(); i++) {
            few.add(new EmbeddedChannel(new NeverCloses()), Optional.of(Fakes.address("10.0." + i + ".1")));
        }
        var newcomers = new ArrayList<EmbeddedChannel>();
        for (int i = 0; i < few.mostOfAddress() + 1; i++) {
            newcomers.add(new EmbeddedChannel());
            few.add(newcomers.get(i), Optional.of(Fakes.address("10.1." + i + ".1")));
        }
        assertThat(newcomers).extracting(EmbeddedChannel::isOpen).containsExactly(true, true, false);
        assertThat(few.size()).isEqualTo(few.most());
    }

    /** Its loop is busy. */
    private static final class NeverCloses extends ChannelOutboundHandlerAdapter {
        @Override
        public void close(ChannelHandlerContext context, ChannelPromise promise) {}
    }

    @Test
    void forgetsWhatLeavesOrCloses() {
        var left = add("10.0.0.1");
        var closed = add("10.0.0.2");
        waiting.remove(left);
        closed.close();
        assertThat(waiting.size()).isZero();
        assertThat(left.isOpen()).isTrue();
    }

    @Test
    void closesAll() {
        var both = List.of(add("10.0.0.1"), add("10.0.0.2"));
        waiting.closeAll();
        assertThat(both).noneMatch(EmbeddedChannel::isOpen);
        assertThat(waiting.size()).isZero();
    }

    private EmbeddedChannel add(String address) {
        var channel = new EmbeddedChannel();
        waiting.add(channel, Optional.<InetAddress>of(Fakes.address(address)));
        return channel;
    }
}
