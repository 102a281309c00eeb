package net.shoal.launcher;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalInt;
import net.shoal.base.command.Reply;
import net.shoal.base.command.Request;
import net.shoal.base.command.View;

/** Has a node carry out one command and shows what it says. */
final class Client implements AutoCloseable {
    /** {@code show} of a share of a million files. */
    private static final int LONGEST_LINE = 256 << 20;

    private final SocketChannel channel;
    private final ByteBuffer buffer = ByteBuffer.allocate(16 * 1024).flip();

    Client(SocketChannel channel) {
        this.channel = channel;
    }

    /** @return the exit status; nothing if the node went away before it said one */
    OptionalInt run(Request request, View view) throws IOException {
        var bytes = ByteBuffer.wrap((request.toLine() + "\n").getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
        for (var line = readLine(); line.isPresent(); line = readLine()) {
            var reply = Reply.ofLine(line.get());
            view.show(reply);
            if (reply instanceof Reply.Exit exit) {
                return OptionalInt.of(exit.status());
            }
        }
        return OptionalInt.empty();
    }

    private Optional<String> readLine() throws IOException {
        var line = new ByteArrayOutputStream();
        while (true) {
            if (!buffer.hasRemaining() && !fill()) {
                return Optional.empty();
            }
            byte b = buffer.get();
            if (b == '\n') {
                return Optional.of(line.toString(StandardCharsets.UTF_8));
            }
            if (line.size() >= LONGEST_LINE) {
                throw new IOException("the node's answer is too long");
            }
            line.write(b);
        }
    }

    private boolean fill() throws IOException {
        int read = channel.read(buffer.clear());
        buffer.flip();
        return read > 0;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
