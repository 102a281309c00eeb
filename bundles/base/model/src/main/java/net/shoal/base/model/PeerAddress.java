package net.shoal.base.model;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Optional;

/**
 * Where a peer can be reached: a scheme and an endpoint that only the transports of that scheme understand (a WebRTC
 * peer has no host and port).
 */
public record PeerAddress(String scheme, SocketAddress endpoint) {
    /** Host and port, as trackers and PEX carry them: any transport over IP may dial it. */
    public static final String IP = "ip";

    public static PeerAddress ip(InetSocketAddress address) {
        if (address.isUnresolved()) {
            throw new IllegalArgumentException("the address of a peer is resolved before it is used: " + address);
        }
        return new PeerAddress(IP, address);
    }

    public static PeerAddress ip(InetAddress host, int port) {
        return ip(new InetSocketAddress(host, port));
    }

    public Optional<InetSocketAddress> inet() {
        return endpoint instanceof InetSocketAddress inet ? Optional.of(inet) : Optional.empty();
    }

    /** {@code 10.77.0.1:6881}, {@code [::1]:6881}, or the scheme and endpoint. */
    @Override
    public String toString() {
        if (endpoint instanceof InetSocketAddress inet) {
            return AddressText.hostPort(inet);
        }
        return scheme + ":" + endpoint;
    }
}
