package net.shoal.ui.shell;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The control socket: a Unix domain socket that only the owner can open, for {@code bin/shoal} and programs. Each connection has a thread
 * that reads and, while a command runs, one that carries it out; both are few, since connections are.
 */
final class ControlServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ControlServer.class);
    /** The system's own limit is 103 on some, and it counts a terminator. */
    private static final int LONGEST_PATH = 100;

    private static final int MAX_CONNECTIONS = 64;
    private static final long STOP_SECONDS = 2;

    private final Executable commands;
    private final Attached attached;
    private final Place place;
    private final ServerSocketChannel server;
    private final ExecutorService threads;
    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();

    private ControlServer(Executable commands, Attached attached, Place place, ServerSocketChannel server) {
        this.commands = commands;
        this.attached = attached;
        this.place = place;
        this.server = server;
        var count = new AtomicInteger();
        this.threads = new ThreadPoolExecutor(
                1,
                1 + 2 * MAX_CONNECTIONS,
                10,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                task -> new Thread(task, "shoal-control-" + count.incrementAndGet()));
    }

    /** Listens at once. */
    static ControlServer open(Path home, Executable commands, Attached attached) throws IOException {
        var place = Place.below(home);
        var path = place.path();
        Files.deleteIfExists(path); // of a node that was killed: the home's lock is ours
        var channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.bind(UnixDomainSocketAddress.of(path));
            if (path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
            }
        } catch (IOException e) {
            channel.close();
            throw new IOException("the control socket " + path + " cannot be opened: " + e.getMessage(), e);
        }
        var server = new ControlServer(commands, attached, place, channel);
        server.threads.execute(server::accept);
        return server;
    }

    /**
     * Where the socket is.
     *
     * @param privateFolder made for it alone, where its path below the home would be too long
     */
    private record Place(Path path, Optional<Path> privateFolder) {
        static Place below(Path home) throws IOException {
            var path = home.resolve("control.sock");
            if (path.toString().getBytes(StandardCharsets.UTF_8).length <= LONGEST_PATH) {
                return new Place(path, Optional.empty());
            }
            var folder = Files.createTempDirectory("shoal-"); // with mode 0700
            return new Place(folder.resolve("control.sock"), Optional.of(folder));
        }
    }

    Path path() {
        return place.path();
    }

    private void accept() {
        while (server.isOpen()) {
            try {
                serve(server.accept());
            } catch (ClosedChannelException e) {
                return;
            } catch (IOException e) {
                LOG.warn("A connection to the control socket failed", e);
            }
        }
    }

    private void serve(SocketChannel channel) throws IOException {
        if (connections.size() >= MAX_CONNECTIONS) {
            LOG.warn("More than {} connections to the control socket; one was refused", MAX_CONNECTIONS);
            channel.close();
            return;
        }
        var connection = new Connection(channel, commands, attached, threads);
        connections.add(connection);
        threads.execute(() -> {
            try {
                connection.serve();
            } finally {
                connections.remove(connection);
            }
        });
    }

    @Override
    public void close() throws IOException {
        server.close();
        Files.deleteIfExists(place.path());
        if (place.privateFolder().isPresent()) {
            Files.deleteIfExists(place.privateFolder().get());
        }
        connections.forEach(Connection::close);
        threads.shutdownNow();
        try {
            if (!threads.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("A command did not end within {} s", STOP_SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
