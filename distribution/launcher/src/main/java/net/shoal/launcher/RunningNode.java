package net.shoal.launcher;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import net.shoal.base.command.Json;

/** A node that is ready, as its {@code node.json} tells. */
record RunningNode(long pid, Path control) {
    private static final long LARGEST = 64 * 1024;

    /** Nothing if none is ready, or the file was left by one that is gone. */
    static Optional<RunningNode> find(HomeFolder home) {
        return read(home).filter(RunningNode::answers);
    }

    static Optional<RunningNode> read(HomeFolder home) {
        try {
            if (!Files.isRegularFile(home.nodeFile()) || Files.size(home.nodeFile()) > LARGEST) {
                return Optional.empty();
            }
            var fields = Json.readObject(Files.readString(home.nodeFile()));
            return fields.get("pid") instanceof Long pid && fields.get("control") instanceof String control
                    ? Optional.of(new RunningNode(pid, Path.of(control)))
                    : Optional.empty();
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    SocketChannel connect() throws IOException {
        return SocketChannel.open(UnixDomainSocketAddress.of(control));
    }

    private boolean answers() {
        try (var channel = connect()) {
            return channel.isConnected();
        } catch (IOException e) {
            return false;
        }
    }
}
