package net.shoal.api.net;

import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.function.Predicate;
import org.osgi.annotation.versioning.ProviderType;

/**
 * One UDP socket a listen address, at the port that TCP has there, shared by all protocols over UDP, which are told apart by the first bytes of
 * a datagram. Nothing is sent to or taken from an address that the network scope does not permit. Methods may be called on any thread.
 */
@ProviderType
public interface Datagrams {
    /** Bytes. Longer ones are not sent, and dropped where they come in: none of the protocols has them, as they would not fit a packet. */
    int MAX_LENGTH = 2_047;

    /** Where all of it happens: handlers are called there, and their timers belong there. */
    EventLoop loop();

    /**
     * What is open now; may change ({@link DatagramHandler#addressesChanged}) and may be empty, as where another program has the port. An
     * unspecified IPv6 address serves both families.
     */
    List<InetSocketAddress> addresses();

    /**
     * Takes the datagrams that look like ours, until it is closed. Claims are asked in the order they were made, and the first one that says
     * yes has the datagram, so a matcher should be strict; who claims nothing hears of nothing.
     *
     * @param matcher looks at a datagram (never an empty one) without moving its indices
     */
    DatagramClaim claim(Predicate<ByteBuf> matcher, DatagramHandler handler);

    /**
     * Sends from the socket that fits best, soon, together with what else is sent in this turn of the loop. Takes over the buffer, whatever comes of it.
     *
     * @return false if that cannot be: no socket gets there, the scope does not permit it, it is too long, or too much is waiting already
     */
    boolean send(InetSocketAddress to, ByteBuf datagram);

    /**
     * The same from one socket, such as the one that a question came to.
     *
     * @param from one of {@link #addresses}
     */
    boolean sendFrom(InetSocketAddress from, InetSocketAddress to, ByteBuf datagram);
}
