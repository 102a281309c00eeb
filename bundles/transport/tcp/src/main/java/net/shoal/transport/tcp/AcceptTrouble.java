package net.shoal.transport.tcp;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** At the end of a listener, which waits a second by itself when a connection cannot be accepted: says so, but not every second. */
final class AcceptTrouble extends ChannelInboundHandlerAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(AcceptTrouble.class);
    private static final long EVERY_NANOS = TimeUnit.MINUTES.toNanos(10);

    private final LongSupplier clock;
    private final Consumer<String> warning;
    private long said;

    AcceptTrouble() {
        this(System::nanoTime, LOG::warn);
    }

    AcceptTrouble(LongSupplier clock, Consumer<String> warning) {
        this.clock = clock;
        this.warning = warning;
        this.said = clock.getAsLong() - EVERY_NANOS;
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        long now = clock.getAsLong();
        if (now - said >= EVERY_NANOS) {
            said = now;
            warning.accept("Connections to " + context.channel().localAddress()
                    + " wait, as they cannot be accepted now: " + TcpTransport.reason(cause));
        } else {
            LOG.debug("A connection cannot be accepted", cause);
        }
    }
}
