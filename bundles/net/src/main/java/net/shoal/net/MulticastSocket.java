package net.shoal.net;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import net.shoal.api.net.GroupAddress;
import net.shoal.api.net.MulticastPlace;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A group joined at one place. The JDK's own sockets: they know all that multicast needs on every platform, where what arrives is so little
 * that it does not matter who reads it.
 */
final class MulticastSocket implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(MulticastSocket.class);

    private final MulticastPlace place;
    private final InetSocketAddress group;
    private final DatagramChannel channel;

    private MulticastSocket(MulticastPlace place, InetSocketAddress group, DatagramChannel channel) {
        this.place = place;
        this.group = group;
        this.channel = channel;
    }

    static MulticastSocket open(MulticastPlace place, GroupAddress address) throws IOException {
        var at = NetworkInterface.getByName(place.networkInterface());
        if (at == null) {
            throw new SocketException("it is gone");
        }
        InetAddress group =
                place.v6() ? Inet6Address.getByAddress(null, address.v6().getAddress(), at.getIndex()) : address.v4();
        var channel = DatagramChannel.open(place.v6() ? StandardProtocolFamily.INET6 : StandardProtocolFamily.INET);
        try {
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            channel.setOption(StandardSocketOptions.IP_MULTICAST_IF, at);
            channel.setOption(StandardSocketOptions.IP_MULTICAST_TTL, address.hops());
            channel.setOption(StandardSocketOptions.IP_MULTICAST_LOOP, true);
            bind(channel, group, address.port());
            channel.join(group, at);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
        return new MulticastSocket(place, new InetSocketAddress(group, address.port()), channel);
    }

    /** To the group itself, so that nothing else comes in; where a system does not know that, to all. */
    private static void bind(DatagramChannel channel, InetAddress group, int port) throws IOException {
        try {
            channel.bind(new InetSocketAddress(group, port));
        } catch (SocketException e) {
            LOG.debug("Cannot bind to {}: {}", group, e.getMessage());
            channel.bind(new InetSocketAddress(port));
        }
    }

    MulticastPlace place() {
        return place;
    }

    DatagramChannel channel() {
        return channel;
    }

    void send(ByteBuffer datagram) {
        send(group, datagram);
    }

    void send(InetSocketAddress to, ByteBuffer datagram) {
        try {
            channel.send(datagram.duplicate(), to);
        } catch (IOException e) {
            LOG.debug("Cannot send to {} at {}: {}", to, place, e.getMessage());
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            LOG.debug("Cannot close at {}", place, e);
        }
    }
}
