package net.shoal.ui.shell;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import net.shoal.base.command.Reply;
import net.shoal.base.command.Request;
import net.shoal.base.command.Vocabulary;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One client of the control socket: requests one after the other, each answered to its {@code exit}. */
final class Connection {
    private static final Logger LOG = LoggerFactory.getLogger(Connection.class);
    /** A command line; the system's own limit is 2 MiB on Linux. */
    private static final int LONGEST_REQUEST = 2 << 20;

    private final SocketChannel channel;
    private final Executable commands;
    private final Attached attached;
    private final Executor threads;
    private final CompletableFuture<Void> detached = new CompletableFuture<>();
    private final ByteBuffer in = ByteBuffer.allocate(8 * 1024).flip();

    Connection(SocketChannel channel, Executable commands, Attached attached, Executor threads) {
        this.channel = channel;
        this.commands = commands;
        this.attached = attached;
        this.threads = threads;
    }

    /** Reads until the client goes, also while a command runs: so its going is noticed. */
    void serve() {
        CompletableFuture<Void> running = CompletableFuture.completedFuture(null);
        try {
            for (var line = readLine(); line.isPresent(); line = readLine()) {
                running.get();
                running = begin(line.get());
            }
        } catch (IOException | ExecutionException | RejectedExecutionException e) {
            LOG.debug("A client of the control socket went", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            close();
        }
    }

    private CompletableFuture<Void> begin(String line) {
        Request request;
        try {
            request = Request.ofLine(line);
        } catch (IllegalArgumentException e) {
            send(new Reply.Failure("usage", String.valueOf(e.getMessage()), ""));
            send(new Reply.Exit(2));
            return CompletableFuture.completedFuture(null);
        }
        boolean keepsNode =
                !request.args().isEmpty() && keepsNode(request.args().get(0));
        if (keepsNode) {
            attached.enter();
        }
        return CompletableFuture.runAsync(
                () -> {
                    try {
                        commands.execute(request, this::send, detached);
                    } catch (InterruptedException e) {
                        close(); // the node stops
                    } finally {
                        if (keepsNode) {
                            attached.leave();
                        }
                    }
                },
                threads);
    }

    private static boolean keepsNode(String word) {
        return word.equals(Vocabulary.GET) || word.equals(Vocabulary.SHARE);
    }

    private Optional<String> readLine() throws IOException {
        var line = new ByteArrayOutputStream();
        while (true) {
            if (!in.hasRemaining()) {
                int read = channel.read(in.clear());
                in.flip();
                if (read < 0) {
                    return Optional.empty();
                }
                continue;
            }
            byte b = in.get();
            if (b == '\n') {
                return Optional.of(line.toString(StandardCharsets.UTF_8));
            }
            if (line.size() >= LONGEST_REQUEST) {
                throw new IOException("a request of more than " + LONGEST_REQUEST + " bytes");
            }
            line.write(b);
        }
    }

    private synchronized void send(Reply reply) {
        if (detached.isDone()) {
            return;
        }
        try {
            var bytes = ByteBuffer.wrap((reply.toLine() + "\n").getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (IOException e) {
            close();
        }
    }

    void close() {
        detached.complete(null);
        try {
            channel.close();
        } catch (IOException e) {
            LOG.debug("A connection to the control socket did not close", e);
        }
    }
}
