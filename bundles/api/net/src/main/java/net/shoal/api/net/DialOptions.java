package net.shoal.api.net;

import io.netty.channel.EventLoop;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;

/**
 * How to dial.
 *
 * @param loop the event loop the channel registers on
 * @param from the local address to dial from, where one is asked for
 */
public record DialOptions(EventLoop loop, Optional<InetAddress> from, Duration timeout) {}
