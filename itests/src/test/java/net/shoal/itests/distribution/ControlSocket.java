package net.shoal.itests.distribution;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Speaks to a node as its own command line does, and as any script may. */
public record ControlSocket(Path socket) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Runs a command to its end and gives the objects it answered with, the last one being {@code exit}. */
    public List<JsonNode> run(String... args) throws IOException {
        try (var channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            send(channel, args);
            var answers = new ArrayList<JsonNode>();
            var reader =
                    new BufferedReader(new InputStreamReader(Channels.newInputStream(channel), StandardCharsets.UTF_8));
            for (var line = reader.readLine(); line != null; line = reader.readLine()) {
                var answer = JSON.readTree(line);
                answers.add(answer);
                if (isA(answer, "exit")) {
                    return answers;
                }
            }
            throw new IOException("the node closed the connection before it was done; so far it said " + answers);
        }
    }

    /** Begins a command and goes away; what it started goes on. */
    public void begin(String... args) throws IOException {
        try (var channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            send(channel, args);
            var unused = channel.read(ByteBuffer.allocate(1));
        }
    }

    private static void send(SocketChannel channel, String... args) throws IOException {
        var request = JSON.writeValueAsString(Map.of("args", args, "cwd", "/"));
        channel.write(ByteBuffer.wrap((request + "\n").getBytes(StandardCharsets.UTF_8)));
    }

    /** The results of a command that succeeds. */
    public List<JsonNode> results(String... args) throws IOException {
        var answers = run(args);
        if (answers.get(answers.size() - 1).path("status").asInt(-1) != 0) {
            throw new IOException(String.join(" ", args) + " failed: " + answers);
        }
        return answers.stream().filter(answer -> isA(answer, "result")).toList();
    }

    private static boolean isA(JsonNode answer, String type) {
        return type.equals(answer.path("type").asText());
    }
}
