package net.shoal.api.net;

import io.netty.buffer.ByteBuf;
import java.net.InetSocketAddress;

/**
 * What came in.
 *
 * @param local the socket it came to, one of {@link Datagrams#addresses}
 * @param sender as the packet says, which proves nothing: anybody can write any sender there
 */
public record Datagram(InetSocketAddress local, InetSocketAddress sender, ByteBuf content) {}
