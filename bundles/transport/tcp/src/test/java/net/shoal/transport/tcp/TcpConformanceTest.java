package net.shoal.transport.tcp;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.nio.NioIoHandler;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import net.shoal.api.net.Transport;
import net.shoal.base.model.PeerAddress;
import net.shoal.conformance.TransportConformance;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

@ParameterizedClass
@MethodSource("kinds")
class TcpConformanceTest extends TransportConformance {
    @Parameter
    String kind;

    private final List<AutoCloseable> sockets = new ArrayList<>();

    static List<String> kinds() {
        return Epoll.isAvailable() ? List.of("nio", "epoll") : List.of("nio");
    }

    @AfterEach
    void closeSockets() throws Exception {
        for (var socket : sockets) {
            socket.close();
        }
    }

    @Override
    protected IoEventLoopGroup loops() {
        return new MultiThreadIoEventLoopGroup(
                2, kind.equals("epoll") ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
    }

    @Override
    protected Transport transport(IoEventLoopGroup loops) {
        return new TcpTransport(loops);
    }

    @Override
    protected void end(Transport transport) {
        ((TcpTransport) transport).deactivate();
    }

    /** Linux lets a connection wait unanswered where as many as were allowed wait to be accepted already. */
    @Override
    protected Optional<PeerAddress> silent() throws Exception {
        assumeTrue(System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("linux"));
        var full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        sockets.add(full);
        for (int i = 0; i < 2; i++) {
            sockets.add(new Socket(full.getInetAddress(), full.getLocalPort()));
        }
        return Optional.of(PeerAddress.ip(full.getInetAddress(), full.getLocalPort()));
    }
}
