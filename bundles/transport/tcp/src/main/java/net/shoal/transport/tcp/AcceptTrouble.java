package net.shoal.transport.tcp;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** At the end of a listener, which waits a second by itself when a connection cannot be accepted: says so, but not every second. */
final class AcceptTrouble extends ChannelInboundHandlerAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(AcceptTrouble.class);
    private static final long EVERY_NANOS = TimeUnit.MINUTES.toNanos(10);

    private long said = System.nanoTime() - EVERY_NANOS;

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        long now = System.nanoTime();
        if (now - said >= EVERY_NANOS) {
            said = now;
            LOG.warn(
                    "Connections to {} wait, as they cannot be accepted now: {}",
                    context.channel().localAddress(),
                    TcpTransport.reason(cause));
        } else {
            LOG.debug("A connection cannot be accepted", cause);
        }
    }
}
