package net.shoal.net;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoop;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import net.shoal.api.net.Datagram;
import net.shoal.api.net.DatagramClaim;
import net.shoal.api.net.DatagramHandler;
import net.shoal.api.net.Datagrams;
import net.shoal.api.net.Network;
import net.shoal.base.model.PeerAddress;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The sockets that are open, and who has claimed what comes in. Opens and closes on its loop; others see copies. */
final class DatagramSockets implements Datagrams {
    private static final Logger LOG = LoggerFactory.getLogger(DatagramSockets.class);

    private final Network network;
    private final long retryMillis;
    private final EventLoop loop;
    private final List<Claim> claims = new CopyOnWriteArrayList<>();
    private volatile List<DatagramSocket> sockets = List.of();
    private volatile List<InetSocketAddress> addresses = List.of();
    private volatile List<String> failures = List.of();
    /** What was begun in an earlier round is closed again. On the loop. */
    private int round;

    DatagramSockets(Network network, long retryMillis) {
        this.network = network;
        this.retryMillis = retryMillis;
        this.loop = (EventLoop) network.eventLoops().next();
    }

    @Override
    public EventLoop loop() {
        return loop;
    }

    @Override
    public List<InetSocketAddress> addresses() {
        return addresses;
    }

    /** Sentences about those that could not be opened. */
    List<String> failures() {
        return failures;
    }

    /** Opens sockets here from now on, and closes those that are open. */
    void moveTo(List<InetSocketAddress> locals) {
        loop.execute(() -> {
            closeAll();
            locals.forEach(this::open);
        });
    }

    CompletionStage<@Nullable Void> close() {
        var closed = new CompletableFuture<@Nullable Void>();
        loop.execute(() -> {
            claims.clear();
            closeAll();
            closed.complete(null);
        });
        return closed;
    }

    private void closeAll() {
        round++;
        failures = List.of();
        sockets.forEach(DatagramSocket::close);
        if (!sockets.isEmpty()) {
            show(List.of());
        }
    }

    private void open(InetSocketAddress local) {
        int mine = round;
        DatagramSocket.bind(network, loop, local, new Receiving()).addListener((ChannelFuture bound) -> {
            if (mine != round) {
                bound.channel().close();
            } else if (bound.isSuccess()) {
                opened(local, new DatagramSocket(bound.channel()));
            } else {
                failed(local, bound.cause());
            }
        });
    }

    /** Whoever has the port may go. */
    private void failed(InetSocketAddress local, Throwable problem) {
        var sign = "UDP cannot be had at " + PeerAddress.ip(local);
        if (failures.stream().noneMatch(known -> known.startsWith(sign + ","))) {
            var message = sign + ", so what needs it goes without: " + problem.getMessage()
                    + "; give another [HOST:]PORT to listen on, or end what has this one";
            failures = plus(failures, message);
            LOG.warn("{}", message);
        }
        int mine = round;
        loop.schedule(
                () -> {
                    if (mine == round) {
                        open(local);
                    }
                },
                retryMillis,
                TimeUnit.MILLISECONDS);
    }

    private void opened(InetSocketAddress local, DatagramSocket socket) {
        var sign = "UDP cannot be had at " + PeerAddress.ip(local) + ",";
        if (failures.stream().anyMatch(known -> known.startsWith(sign))) {
            failures =
                    failures.stream().filter(known -> !known.startsWith(sign)).toList();
            LOG.info("UDP is to be had at {} now", PeerAddress.ip(local));
        }
        show(plus(sockets, socket));
    }

    private void show(List<DatagramSocket> open) {
        sockets = open;
        addresses = open.stream().map(DatagramSocket::local).toList();
        claims.forEach(claim -> claim.tell(addresses));
    }

    private static <T> List<T> plus(List<T> list, T more) {
        var longer = new ArrayList<>(list);
        longer.add(more);
        return List.copyOf(longer);
    }

    @Override
    public DatagramClaim claim(Predicate<ByteBuf> matcher, DatagramHandler handler) {
        var claim = new Claim(matcher, handler);
        claims.add(claim);
        loop.execute(() -> claim.tell(addresses));
        return claim;
    }

    @Override
    public boolean send(InetSocketAddress to, ByteBuf datagram) {
        var from =
                to.isUnresolved() ? Optional.<InetSocketAddress>empty() : SocketChoice.of(addresses, to.getAddress());
        if (from.isEmpty()) {
            datagram.release();
            return false;
        }
        return sendFrom(from.get(), to, datagram);
    }

    @Override
    public boolean sendFrom(InetSocketAddress from, InetSocketAddress to, ByteBuf datagram) {
        if (maySend(from, to, datagram)) {
            for (var socket : sockets) {
                if (socket.local().equals(from)) {
                    return socket.send(to, datagram);
                }
            }
        }
        datagram.release();
        return false;
    }

    private boolean maySend(InetSocketAddress from, InetSocketAddress to, ByteBuf datagram) {
        return !to.isUnresolved()
                && to.getPort() > 0
                && datagram.readableBytes() <= MAX_LENGTH
                && network.scope().permits(to.getAddress())
                && SocketChoice.reaches(from.getAddress(), to.getAddress());
    }

    /** Whose is it? */
    private void received(InetSocketAddress local, DatagramPacket packet) {
        var content = packet.content();
        var sender = packet.sender();
        if (!content.isReadable()
                || content.readableBytes() > MAX_LENGTH
                || sender.getPort() == 0
                || !network.scope().permits(sender.getAddress())) {
            return;
        }
        for (var claim : claims) {
            if (claim.takes(new Datagram(local, sender, content))) {
                return;
            }
        }
    }

    private final class Receiving extends SimpleChannelInboundHandler<DatagramPacket> {
        @Override
        protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
            received((InetSocketAddress) context.channel().localAddress(), packet);
        }

        /** Something about one of many destinations, such as that there is no way to it: its silence tells the same. */
        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable problem) {
            LOG.debug("UDP at {}: {}", context.channel().localAddress(), problem.getMessage());
        }
    }

    /** Somebody's; what it throws costs one datagram. */
    private final class Claim implements DatagramClaim {
        private final Predicate<ByteBuf> matcher;
        private final DatagramHandler handler;
        private volatile boolean isClosed;

        Claim(Predicate<ByteBuf> matcher, DatagramHandler handler) {
            this.matcher = matcher;
            this.handler = handler;
        }

        boolean takes(Datagram datagram) {
            try {
                if (isClosed || !matcher.test(datagram.content())) {
                    return false;
                }
                handler.received(datagram);
            } catch (RuntimeException e) {
                LOG.error("{} failed at a datagram", handler.getClass().getName(), e);
            }
            return true;
        }

        void tell(List<InetSocketAddress> open) {
            try {
                if (!isClosed) {
                    handler.addressesChanged(open);
                }
            } catch (RuntimeException e) {
                LOG.error(
                        "{} failed when UDP sockets changed", handler.getClass().getName(), e);
            }
        }

        @Override
        public void close() {
            isClosed = true;
            claims.remove(this);
        }
    }
}
