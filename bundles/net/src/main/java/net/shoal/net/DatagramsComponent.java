package net.shoal.net;

import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import net.shoal.api.net.DatagramClaim;
import net.shoal.api.net.DatagramHandler;
import net.shoal.api.net.Datagrams;
import net.shoal.api.net.FrontDoor;
import net.shoal.api.net.Network;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** UDP beside the front door: its sockets are where that listens, and move with it. */
@Component(
        service = {Datagrams.class, DatagramsComponent.class},
        immediate = true)
public final class DatagramsComponent implements Datagrams {
    private static final Logger LOG = LoggerFactory.getLogger(DatagramsComponent.class);
    private static final long CLOSE_SECONDS = 5;
    private static final long RETRY_MILLIS = 10_000;

    private final DatagramSockets sockets;
    private @Nullable FrontDoor door;

    @Activate
    public DatagramsComponent(@Reference Network network) {
        this(network, RETRY_MILLIS);
    }

    /** @param retryMillis after which what could not be opened is tried again */
    DatagramsComponent(Network network, long retryMillis) {
        sockets = new DatagramSockets(network, retryMillis);
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    synchronized void setDoor(FrontDoor now) {
        door = now;
        sockets.moveTo(now.addresses());
    }

    /** The new one may have come before the old one goes. */
    synchronized void unsetDoor(FrontDoor gone) {
        if (door == gone) {
            door = null;
            sockets.moveTo(List.of());
        }
    }

    @Deactivate
    void deactivate() throws InterruptedException {
        try {
            sockets.close().toCompletableFuture().get(CLOSE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("The UDP sockets do not close in time", e);
        }
    }

    /** Sentences about those that could not be opened. */
    List<String> failures() {
        return sockets.failures();
    }

    @Override
    public EventLoop loop() {
        return sockets.loop();
    }

    @Override
    public List<InetSocketAddress> addresses() {
        return sockets.addresses();
    }

    @Override
    public DatagramClaim claim(Predicate<ByteBuf> matcher, DatagramHandler handler) {
        return sockets.claim(matcher, handler);
    }

    @Override
    public boolean send(InetSocketAddress to, ByteBuf datagram) {
        return sockets.send(to, datagram);
    }

    @Override
    public boolean sendFrom(InetSocketAddress from, InetSocketAddress to, ByteBuf datagram) {
        return sockets.sendFrom(from, to, datagram);
    }
}
