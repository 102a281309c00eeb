package net.shoal.discovery.lsd;

import io.netty.channel.DefaultEventLoop;
import io.netty.channel.EventLoop;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import net.shoal.api.net.GroupAddress;
import net.shoal.api.net.Multicast;
import net.shoal.api.net.MulticastGroup;
import net.shoal.api.net.MulticastHandler;
import net.shoal.api.net.MulticastPlace;
import org.jspecify.annotations.Nullable;

/** A network that a test looks at and speaks in. */
final class FakeMulticast implements Multicast, AutoCloseable {
    static final MulticastPlace ETH = place(false);
    static final MulticastPlace ETH6 = place(true);

    final EventLoop loop = new DefaultEventLoop();
    final Queue<Said> said = new ConcurrentLinkedQueue<>();
    volatile @Nullable MulticastHandler handler;
    volatile List<MulticastPlace> places = List.of(ETH);

    /** What has been sent where. */
    record Said(MulticastPlace place, String text, LsdMessage message) {}

    /** The peers of the conformance kit are on loopback. */
    private static MulticastPlace place(boolean v6) {
        var subnets = List.of(
                new MulticastPlace.Subnet(address("10.0.0.1"), 24), new MulticastPlace.Subnet(address("127.0.0.1"), 8));
        return new MulticastPlace("eth0", 2, v6, subnets);
    }

    static InetAddress address(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public EventLoop loop() {
        return loop;
    }

    @Override
    public MulticastGroup join(GroupAddress address, MulticastHandler joining) {
        handler = joining;
        loop.execute(() -> joining.placesChanged(places));
        return new Group();
    }

    /** As if the network had changed. */
    void moveTo(MulticastPlace... now) {
        places = List.of(now);
        loop.execute(() -> handler.placesChanged(places));
    }

    void deliver(String sender, LsdMessage message) {
        deliver(sender, message.encode("239.192.152.143:6771"));
    }

    void deliver(String sender, ByteBuffer datagram) {
        loop.execute(() -> {
            var there = handler;
            if (there != null) {
                there.received(ETH, new InetSocketAddress(address(sender), 6771), datagram);
            }
        });
    }

    @Override
    public void close() {
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }

    private final class Group implements MulticastGroup {
        @Override
        public List<MulticastPlace> places() {
            return places;
        }

        @Override
        public void send(MulticastPlace from, ByteBuffer datagram) {
            var text = java.nio.charset.StandardCharsets.ISO_8859_1
                    .decode(datagram.duplicate())
                    .toString();
            said.add(new Said(from, text, LsdMessage.parse(datagram).orElseThrow()));
        }

        @Override
        public void close() {
            handler = null;
        }
    }
}
