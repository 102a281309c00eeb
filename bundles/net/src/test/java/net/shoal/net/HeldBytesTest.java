package net.shoal.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(NoLeaks.class)
class HeldBytesTest {
    private final HeldBytes held = new HeldBytes();
    private final Reads reads = new Reads();
    private final Owner owner = new Owner();
    private final EmbeddedChannel channel = new EmbeddedChannel(false, false, reads);

    @Test
    void givesWhatItHeldWhenTheOwnerTurnsReadingOn() throws Exception {
        start();
        held.hold(bytes(1));
        channel.pipeline().fireChannelRead(bytes(2));
        channel.pipeline().fireChannelReadComplete();
        channel.pipeline().addLast(owner);
        assertThat(owner.heard).isEmpty();
        inOneGo(() -> {
            channel.config().setAutoRead(true);
            assertThat(owner.heard).as("not inside the owner's call").isEmpty();
        });
        assertThat(owner.heard).containsExactly("1", "2", "complete");
        assertThat(reads.asked).isEqualTo(1);
        assertThat(channel.pipeline().get(HeldBytes.class)).isNull();
        channel.pipeline().fireChannelRead(bytes(3));
        assertThat(owner.heard).containsExactly("1", "2", "complete", "3");
    }

    @Test
    void keepsTheOrderOfWhatArrivesAfterTheOwnerAsked() throws Exception {
        start();
        held.hold(bytes(1));
        channel.pipeline().addLast(owner);
        inOneGo(() -> {
            channel.config().setAutoRead(true);
            channel.pipeline().fireChannelRead(bytes(2));
            assertThat(reads.asked).as("the transport is not asked before").isZero();
        });
        assertThat(owner.heard).containsExactly("1", "2", "complete");
    }

    @Test
    void answersASingleReadByWhatItHeld() throws Exception {
        start();
        held.hold(bytes(1));
        channel.pipeline().addLast(owner);
        inOneGo(() -> {
            channel.read();
            channel.read();
        });
        assertThat(owner.heard).containsExactly("1", "complete");
        assertThat(reads.asked).isZero();
        channel.read();
        assertThat(reads.asked).isEqualTo(1);
    }

    @Test
    void passesTheReadOnIfItHeldNothing() throws Exception {
        start();
        channel.pipeline().addLast(owner);
        channel.read();
        channel.runPendingTasks();
        assertThat(reads.asked).isEqualTo(1);
        assertThat(owner.heard).isEmpty();
    }

    @Test
    void doesNotReadOnIfTheOwnerHadEnough() throws Exception {
        start();
        held.hold(bytes(1));
        owner.stopAtFirst = true;
        channel.pipeline().addLast(owner);
        channel.config().setAutoRead(true);
        channel.runPendingTasks();
        assertThat(owner.heard).containsExactly("1", "complete");
        assertThat(reads.asked).isZero();
        channel.config().setAutoRead(true);
        assertThat(reads.asked).isEqualTo(1);
    }

    @Test
    void releasesWhatItHeldIfTheChannelCloses() throws Exception {
        start();
        var buffer = bytes(1);
        held.hold(buffer);
        channel.close();
        channel.runPendingTasks();
        assertThat(buffer.refCnt()).isZero();
    }

    @Test
    void givesWhatItHeldBeforeItSaysThatTheChannelClosed() throws Exception {
        start();
        held.hold(bytes(1));
        channel.pipeline().addLast(owner);
        inOneGo(() -> {
            channel.config().setAutoRead(true);
            channel.close();
        });
        assertThat(owner.heard).containsExactly("1", "complete", "inactive");
    }

    private void start() throws Exception {
        channel.config().setAutoRead(false);
        channel.register();
        channel.pipeline().addLast(held);
        reads.asked = 0;
    }

    /** An embedded channel runs what is queued as soon as it is left; a real event loop does not while it is in a handler's call. */
    private void inOneGo(Runnable call) {
        channel.pipeline().addLast("call", new ChannelOutboundHandlerAdapter() {
            @Override
            public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
                call.run();
                promise.setSuccess();
            }
        });
        channel.write("go").syncUninterruptibly();
        if (channel.isOpen()) {
            channel.pipeline().remove("call");
        }
    }

    private static ByteBuf bytes(int value) {
        return Unpooled.buffer().writeByte(value);
    }

    private static final class Reads extends ChannelOutboundHandlerAdapter {
        int asked;

        @Override
        public void read(ChannelHandlerContext context) {
            asked++;
            context.read();
        }
    }

    private static final class Owner extends ChannelInboundHandlerAdapter {
        final List<String> heard = new ArrayList<>();
        boolean stopAtFirst;

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            var in = (ByteBuf) message;
            heard.add(String.valueOf(in.readByte()));
            in.release();
            if (stopAtFirst) {
                context.channel().config().setAutoRead(false);
            }
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext context) {
            heard.add("complete");
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            heard.add("inactive");
        }
    }
}
