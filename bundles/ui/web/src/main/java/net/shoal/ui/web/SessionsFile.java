package net.shoal.ui.web;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import net.shoal.api.node.StateFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sessions on disk, so that they outlive the node: a line that names the format, then one a session with its mark, when it was opened and
 * when it was used, in seconds since 1970. A mark opens nothing: it is the SHA-256 of 256 random bits. For the user's eyes only.
 */
final class SessionsFile {
    private static final Logger LOG = LoggerFactory.getLogger(SessionsFile.class);
    private static final String FORMAT = "shoal-sessions 1";
    private static final String LINE = "[0-9a-f]{64} [0-9]{1,12} [0-9]{1,12}";
    private static final long LARGEST = 1 << 20;

    private final Path file;

    SessionsFile(Path file) {
        this.file = file;
    }

    /** By their marks. One that cannot be understood is as good as none: everybody signs in again. */
    Map<String, Sessions.Session> read() {
        var sessions = new HashMap<String, Sessions.Session>();
        try {
            if (!Files.exists(file)) {
                return sessions;
            }
            if (Files.size(file) > LARGEST) {
                throw new IOException("it is larger than it can be");
            }
            var lines = Files.readAllLines(file, StandardCharsets.US_ASCII);
            if (lines.isEmpty() || !lines.get(0).equals(FORMAT)) {
                throw new IOException("it is not of the format " + FORMAT);
            }
            for (var line : lines.subList(1, lines.size())) {
                if (!line.matches(LINE)) {
                    throw new IOException("a line of it is no session");
                }
                var parts = line.split(" ", -1);
                sessions.put(parts[0], new Sessions.Session(moment(parts[1]), moment(parts[2])));
            }
            return sessions;
        } catch (IOException e) {
            LOG.warn(
                    "Who was signed in is not known any more, so browsers have to sign in again: {}: {}",
                    file,
                    e.getMessage());
            return Map.of();
        }
    }

    private static Instant moment(String seconds) {
        return Instant.ofEpochSecond(Long.parseLong(seconds));
    }

    /** What cannot be written is lost with the node, and nothing else. */
    void write(Map<String, Sessions.Session> sessions) {
        var text = new StringBuilder(FORMAT).append('\n');
        sessions.forEach((mark, session) -> text.append(mark)
                .append(' ')
                .append(session.opened().getEpochSecond())
                .append(' ')
                .append(session.used().getEpochSecond())
                .append('\n'));
        try {
            StateFile.replaceSecret(file, text.toString().getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            LOG.warn("Who is signed in cannot be kept for the next run of the node: {}: {}", file, e.getMessage());
        }
    }
}
